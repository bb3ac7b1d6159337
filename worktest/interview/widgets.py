"""The rehearsal in a notebook: a question, boxes for the answer and the follow-up, buttons for the way it went.

Where no widgets are drawn, each cell shows its question as plain text. Answers go to ``interview.jsonl`` when a box is
left or a button pressed; nothing needs saving.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any

from worktest.errors import UserError
from worktest.interview import record, rubric
from worktest.interview.binding import Bound
from worktest.interview.papers import as_asked
from worktest.interview.record import Rehearsal
from worktest.interview.summary import as_markdown, summarise
from worktest.safe import as_html, plain

_BOX = {"width": "100%", "max_width": "860px"}
_LEFT_OUT = "(left out)"


def open_rehearsal(number: int | None = None, folder: str | Path | None = None) -> Open:
    """Open a rehearsal of the unit in ``folder`` (default: the folder above this notebook), the last one by default.

    Raises UserError when there is none.
    """
    here = Path(folder).resolve() if folder else Path.cwd()
    unit = next((path for path in (here, here.parent) if (path / "unit.toml").is_file()), None)
    if unit is None:
        raise UserError(f"no unit lies in {here}: open the notebook from the unit's folder `interview`")
    rehearsals, problems = record.read(unit)
    wanted = [r for r in rehearsals if number in (None, r.number)]
    if not wanted:
        raise UserError(
            f"{record.FILE} in {unit} holds no such rehearsal; make one with `worktest interview {unit.name[:2]}`"
        )
    return Open(wanted[-1], problems)


class Shown:
    """Something a cell shows: a widget where there are widgets, plain text everywhere."""

    def __init__(self, widget: Any, text: str) -> None:
        self.widget = widget
        self.text = text

    def __repr__(self) -> str:
        return self.text

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        bundle = self.widget._repr_mimebundle_() if self.widget is not None else {}
        return {**(bundle or {}), "text/plain": self.text}


class Open:
    """An opened rehearsal, as its notebook uses it."""

    def __init__(self, rehearsal: Rehearsal, problems: list[str]) -> None:
        self.rehearsal = rehearsal
        self.problems = problems
        self._cards: dict[int, Card] = {}

    def __repr__(self) -> str:
        r = self.rehearsal
        notes = "".join(f"\nnote: {plain(problem, 300)}" for problem in self.problems)
        timer = f", {r.minutes:g} minutes if you start the timer" if r.minutes else ""
        return f"Rehearsal {r.number}: {len(r.questions)} questions, seed {r.seed}, {r.mode}{timer}.{notes}"

    @cached_property
    def timer(self) -> Timer | None:
        """The timer of the whole rehearsal, or None when none was asked for."""
        return Timer(self.rehearsal.minutes) if self.rehearsal.minutes else None

    def ask(self, number: int) -> Shown:
        """Show question ``number`` (from 1). Raises UserError for a number that is not there."""
        total = len(self.rehearsal.questions)
        if isinstance(number, bool) or not isinstance(number, int) or not 1 <= number <= total:
            raise UserError(f"the questions are numbered 1 to {total}, not {str(number)[:20]!r}")
        card = self._cards[number] = Card(self.rehearsal, number, self.timer)
        return Shown(card.widget, as_asked(card.question, number, total))

    def score(self) -> Shown:
        """Show each question with what a strong answer holds, and the four criteria to score it by."""
        import ipywidgets as w

        text = (
            "Score yourself where widgets are drawn, or with `worktest interview UNIT --terminal`.\n\n"
            + rubric.as_text()
        )
        return Shown(w.VBox([_score_card(self.rehearsal, q) for q in self.rehearsal.questions]), text)

    def summary(self) -> Shown:
        """What to shore up, and which section to go back to."""
        import ipywidgets as w

        from worktest import paths
        from worktest.interview.material import gather

        folder = self.rehearsal.folder
        try:
            name = folder.name if folder.name in paths.units_in(paths.curriculum()) else ""
            material = gather(name or folder.name, folder, folder.parent)
        except UserError:
            material = None  # the summary then lacks the last grade
        text = as_markdown(summarise(self.rehearsal, material))
        return Shown(w.HTML(f'<div style="max-width:860px;line-height:1.5">{_page(text)}</div>'), text)


class Card:
    """One question with its boxes and buttons."""

    def __init__(self, rehearsal: Rehearsal, number: int, timer: Timer | None) -> None:
        import ipywidgets as w

        self.rehearsal = rehearsal
        self.question: Bound = rehearsal.questions[number - 1]
        given = rehearsal.of(self.question)
        spoken = rehearsal.mode != "written"
        self.status = w.HTML()
        self.answer = self._area(
            "your own notes, if you want any" if spoken else "your answer", given.texts.get("answer", "")
        )
        self.follow_up = self._area("your answer to the follow-up", given.texts.get("follow-up", ""))
        self.follow_text = w.HTML()
        self.ways = [
            w.Button(description=went, tooltip=went, layout=w.Layout(width="auto"))
            for went, _ in self.question.branches
        ]
        for index, button in enumerate(self.ways):
            button.on_click(lambda _, index=index: self._go(index))
        self.answer.observe(lambda change: self._keep("answer", change["new"]), names="value")
        self.follow_up.observe(lambda change: self._keep("follow-up", change["new"]), names="value")
        self.after = w.VBox([self.follow_text, self.follow_up])
        self._show_branch()
        head = w.HTML(
            f'<div style="font-size:1.1em;line-height:1.5;max-width:860px" dir="auto"><b>{number} of '
            f"{len(rehearsal.questions)}.</b> {as_html(self.question.ask)}</div>"
        )
        way = w.HTML("Which way did your answer go?")
        ways = w.VBox(self.ways, layout=w.Layout(max_width=_BOX["max_width"]))
        parts = [head, self.answer, way, ways, self.after, self.status]
        self.widget = w.VBox([timer.widget, *parts] if timer else parts)

    def _area(self, hint: str, value: str) -> Any:
        import ipywidgets as w

        return w.Textarea(value=value, placeholder=hint, rows=6, continuous_update=False, layout=w.Layout(**_BOX))

    def _go(self, index: int) -> None:
        self._try(lambda: self.rehearsal.keep_branch(self.question, index))
        self._show_branch()

    def _keep(self, kind: str, text: str) -> None:
        self._try(lambda: self.rehearsal.keep_text(self.question, kind, text))

    def _try(self, keep: Callable[[], bool]) -> None:
        try:
            if keep():
                self.status.value = f"kept at {time.strftime('%H:%M:%S')}"
        except UserError as problem:
            self.status.value = f"<b>not kept:</b> {as_html(problem, 300)}"

    def _show_branch(self) -> None:
        branch = self.rehearsal.of(self.question).branch
        for index, button in enumerate(self.ways):
            button.button_style = "info" if index == branch else ""
            button.icon = "check" if index == branch else ""
        self.after.layout.display = "none" if branch is None else "flex"
        if branch is not None:
            ask = as_html(self.question.branches[branch][1])
            self.follow_text.value = f'<div style="line-height:1.5;max-width:860px" dir="auto"><b>Then:</b> {ask}</div>'


class Timer:
    """Minutes on the learner's own terms: off until started, it pauses, and nothing happens when it ends."""

    def __init__(self, minutes: float) -> None:
        import ipywidgets as w

        self.minutes = minutes
        self.gone = 0.0
        self.since: float | None = None
        self.task: asyncio.Task[None] | None = None
        self.label = w.HTML(self.says())
        self.button = w.Button(description="Start the timer")
        self.button.on_click(lambda _: self.toggle())
        self.widget = w.HBox([self.button, self.label])

    def toggle(self) -> None:
        """Start, pause, go on."""
        if self.since is None:
            self.since = time.monotonic()
            self.button.description = "Pause"
            try:
                self.task = asyncio.get_running_loop().create_task(self._tick())
            except RuntimeError:
                self.task = None  # no loop to tick in: the label is renewed at each press
        else:
            self.gone += time.monotonic() - self.since
            self.since = None
            self.button.description = "Go on"
            if self.task:
                self.task.cancel()
        self.label.value = self.says()

    def says(self) -> str:
        """What the timer shows."""
        gone = self.gone + (0 if self.since is None else time.monotonic() - self.since)
        if gone >= 60 * self.minutes:
            return f"{self.minutes:g} minutes have passed. Nothing stops: go on as long as you like."
        return f"{int(gone // 60)}:{int(gone % 60):02d} of {self.minutes:g} minutes"

    async def _tick(self) -> None:
        while self.since is not None:
            self.label.value = self.says()
            await asyncio.sleep(1)


def _score_card(rehearsal: Rehearsal, question: Bound) -> Any:
    """The question, the own answers, what a strong one holds, and a choice of levels for each criterion."""
    import ipywidgets as w

    given = rehearsal.of(question)
    texts = "".join(f'<p dir="auto">{as_html(text)}</p>' for text in given.texts.values()) or "<p>(nothing written)</p>"
    strong = "".join(f"<li>{as_html(text)}</li>" for text in question.looks_for)
    head = w.HTML(
        f'<div style="max-width:860px;line-height:1.45" dir="auto"><p><b>{as_html(question.ask)}</b></p>'
        f"You said:{texts}A strong answer holds:<ul>{strong}</ul></div>"
    )
    status = w.HTML()
    choices = {}
    for criterion in rubric.CRITERIA:
        options = [(_LEFT_OUT, -1), *((text, level) for level, text in enumerate(criterion.levels))]
        choices[criterion.id] = w.Dropdown(
            options=options,
            value=given.scores.get(criterion.id, -1),
            description=criterion.asks,
            style={"description_width": "300px"},
            layout=w.Layout(**_BOX),
        )

    def keep(_: Any) -> None:
        scores = {name: box.value for name, box in choices.items() if box.value >= 0}
        try:
            if rehearsal.keep_scores(question, scores):
                status.value = f"kept at {time.strftime('%H:%M:%S')}"
        except UserError as problem:
            status.value = f"<b>not kept:</b> {as_html(problem, 300)}"

    for box in choices.values():
        box.observe(keep, names="value")
    return w.VBox([head, *choices.values(), status, w.HTML("<hr>")])


def _page(markdown: str) -> str:
    """Our own small Markdown (headings, two levels of points, bold) as HTML; every text in it is escaped."""
    parts = []
    for line in markdown.splitlines():
        text = as_html(line.strip())
        if text.count("**") == 2:
            before, bold, after = text.split("**")
            text = f"{before}<b>{bold}</b>{after}"
        if text.startswith("# "):
            parts.append(f"<h2>{text[2:]}</h2>")
        elif text.startswith("## "):
            parts.append(f"<h3>{text[3:]}</h3>")
        elif text.startswith("- "):
            indent = 2.5 if line.startswith("  ") else 1.0
            parts.append(f'<div style="margin-left:{indent}em">• {text[2:]}</div>')
        elif text:
            parts.append(f"<p>{text}</p>")
    return "\n".join(parts)
