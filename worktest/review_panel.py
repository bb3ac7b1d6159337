"""``unit.review()``: the exit questions of one unit in the notebook, answered first and rated by the learner.

Where no front end shows widgets (a build, a terminal, a page) its plain text lists what is due.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from worktest import recording, review
from worktest.errors import UserError
from worktest.safe import as_html, counted, flowing, plain


class ReviewPanel:
    """The due questions of one unit. Questions that were never asked are due, whether the unit entered or not."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        # outside a learner's own run nothing of this machine's reviews may show: all questions stand as new
        self.home = review.home_of(folder) if recording.is_on() else folder
        inside = self.home / folder.name == folder
        deck = review.load(self.home, also=None if inside else folder, unit=folder.name)
        self.cards = deck.of(folder.name)
        now = dt.datetime.now(dt.UTC)
        self.due = [card for card in self.cards if card.is_due(now)]
        self.problems = list(deck.problems)
        self._view: Any = None

    def __repr__(self) -> str:
        lines = [f"{counted(len(self.due), 'exit question')} due" + (":" if self.due else "")]
        lines += [f"  {number}. {plain(card.question.ask, 300).strip()}" for number, card in enumerate(self.due, 1)]
        if self.due:
            lines.append(f"Answer here in JupyterLab, or with `worktest review {self.folder.name[:2]}`.")
        elif self.cards:
            lines[0] += f"; the next on {self.cards[0].due:%d %b %Y}"
        return "\n".join([*lines, *(f"note: {plain(problem, 300)}" for problem in self.problems)])

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        bundle: dict[str, Any] = {"text/plain": repr(self)}
        if self.due and recording.is_on():
            from ipywidgets import Widget

            widget: Widget = self.view
            shown = widget._repr_mimebundle_()
            bundle |= {key: value for key, value in (shown or {}).items() if key != "text/plain"}
        return bundle

    @property
    def view(self) -> Any:
        """The widget; made when it is first wanted."""
        if self._view is None:
            self._view = _View(self.home, self.due)
        return self._view.box


class _View:
    """Question, answer, worked answer, four buttons; then the next question."""

    def __init__(self, home: Path, cards: list[review.Card]) -> None:
        import ipywidgets as w

        self.home, self.cards, self.place = home, cards, 0
        wide = w.Layout(width="98%")
        self.head = w.HTML()
        self.answer = w.Textarea(
            rows=5, layout=wide, placeholder="Your answer first. Leave it empty for “I don't know”."
        )
        self.show = w.Button(description="Show answer", tooltip="Compare with the worked answer")
        self.worked = w.HTML()
        self.buttons = [
            w.Button(description=words, tooltip=f"Rate your answer: {words}", layout=w.Layout(width="auto"))
            for words in review.RATINGS.values()
        ]
        self.rating = w.HBox(self.buttons)
        self.said = w.HTML()
        self.show.on_click(lambda _: self.reveal())
        for number, button in zip(review.RATINGS, self.buttons, strict=True):
            button.on_click(lambda _, rating=number: self.rate(rating))
        self.box = w.VBox([self.head, self.answer, self.show, self.worked, self.rating, self.said])
        self._ask()

    def _ask(self) -> None:
        if self.place >= len(self.cards):
            self.head.value = "<b>Done.</b> Nothing more is due in this unit today."
            for part in (self.answer, self.show, self.worked, self.rating):
                part.layout.display = "none"
            return
        card = self.cards[self.place]
        self.head.value = (
            f"<p>Question {self.place + 1} of {len(self.cards)}</p><p><b>{as_html(card.question.ask.strip())}</b></p>"
        )
        self.answer.value, self.answer.disabled = card.draft, False
        self.worked.value = ""
        self.show.layout.display = ""
        self.rating.layout.display = "none"
        if card.draft_done:
            self.reveal()

    def reveal(self) -> None:
        """Close the answer and show the worked one; without an answer only “missed” can be said."""
        card = self.cards[self.place]
        self.answer.disabled = True
        if self.answer.value.strip() and not card.draft_done:
            try:
                review.keep_draft(self.home, card, self.answer.value, done=True)
            except UserError as problem:
                self._complain(problem)
        self.worked.value = (
            f"<p><b>Worked answer</b></p><p>{as_html(flowing(card.question.answer))}</p>"
            f"<p>To look again: {as_html(card.question.revisit)}</p>"
        )
        for number, button in zip(review.RATINGS, self.buttons, strict=True):
            button.disabled = number > 1 and not self.answer.value.strip()
        self.show.layout.display = "none"
        self.rating.layout.display = ""

    def rate(self, rating: int) -> None:
        """Write the rating down and go on; a rating that can't be written leaves everything as it is."""
        if self.place >= len(self.cards):  # a second click on the last button
            return
        card = self.cards[self.place]
        try:
            due = review.rate(self.home, card, rating, self.answer.value)
        except UserError as problem:
            self._complain(problem)
            return
        self.said.value = f"<p>{review.RATINGS[rating]}: asked again on {due:%d %b %Y}.</p>"
        self.place += 1
        self._ask()

    def _complain(self, problem: UserError) -> None:
        self.said.value = f"<p>worktest: {as_html(problem)}</p>"
