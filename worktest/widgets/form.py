"""``unit.form()``: the mentor questions in the notebook, with a word count that follows the typing.

Each change is kept in ``drafts/PROMPT-ID.md`` at once. JupyterLab sends changes as fast as the kernel takes them, so a
kernel that is busy with a long cell counts and keeps when it is done.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from worktest import activity, drafts, form, recording
from worktest.errors import UserError
from worktest.form import Plain
from worktest.prompts import NEVER_SCORED, Prompt
from worktest.safe import as_html, words_in

_NOTE_SECONDS = 60.0
"""Typing is noted as work on the unit once in so many seconds, not at every key."""


def form_of(folder: Path) -> Form | Plain:
    """The form as a widget, or as text where nothing is recorded (a build, a re-check, grading)."""
    return Form(folder) if recording.is_on() else Plain(form.as_text(folder))


class Field:
    """One question: its text, a box to write in, the count below."""

    def __init__(self, folder: Path, prompt: Prompt, number: int) -> None:
        import ipywidgets as widgets

        self.folder, self.prompt = folder, prompt
        self.kept = drafts.read_draft(folder, prompt.id)
        self.box = widgets.Textarea(
            value=self.kept, continuous_update=True, rows=6, layout=widgets.Layout(width="95%"),
            placeholder="Your answer. It is kept as you type.",
        )  # fmt: skip
        self.box.add_class("worktest-answer")
        self.count = widgets.HTML()
        title = f"<b>{number}. {as_html(prompt.title)}</b> (<code>{prompt.id}</code>, at most {prompt.words} words)"
        self.children = [widgets.HTML(f"{title}<br>{as_html(prompt.question)}"), self.box, self.count]
        self.note = ""
        if drafts.in_notebook(folder, prompt):
            self.note = f"the cell in {prompt.notebook}.ipynb holds an answer, and that one counts; this is the draft"
        self.box.observe(self._changed, names="value")
        self._show()
        self.noted = float("-inf")

    def _changed(self, change: Any) -> None:
        text = str(change["new"])
        self.note = ""
        if time.monotonic() - self.noted > _NOTE_SECONDS:
            activity.note(self.folder, "form", prompt=self.prompt.id)
            self.noted = time.monotonic()
        try:
            # when a terminal or another window wrote there since, both texts stay
            elsewhere = drafts.read_draft(self.folder, self.prompt.id) != self.kept
            if elsewhere and (kept := drafts.set_aside(self.folder, self.prompt.id)):
                self.note = f"the draft was changed elsewhere meanwhile; that text is kept in {kept.name}"
            drafts.write_draft(self.folder, self.prompt.id, text)
            self.kept = drafts.read_draft(self.folder, self.prompt.id)
        except UserError as problem:
            self.note = f"not kept: {problem}"
        self._show()

    def _show(self) -> None:
        now = drafts.Count(self.prompt.id, words_in(self.box.value), self.prompt.words)
        colour = "#b00020" if now.over else "inherit"
        weight = "bold" if now.over else "normal"
        note = f" <span>({as_html(self.note)})</span>" if self.note else ""
        self.count.value = (
            f'<span class="worktest-count" style="color:{colour};font-weight:{weight}">{as_html(now)}</span>{note}'
        )


class Form:
    """The form of a unit, shown as a widget; its text where widgets don't work."""

    def __init__(self, folder: Path) -> None:
        import ipywidgets as widgets

        self.folder = folder
        self.fields = [Field(folder, prompt, i) for i, prompt in enumerate(form.questions(folder), start=1)]
        own_size = widgets.Layout(width="auto", align_self="flex-start")
        self.button = widgets.Button(description="Export to Markdown", icon="file-text-o", layout=own_size)
        self.button.add_class("worktest-export")
        self.exported = widgets.HTML()
        self.button.on_click(self._export)
        parts = [child for field in self.fields for child in field.children]
        self.view = widgets.VBox([*parts, widgets.HTML(f"<i>{NEVER_SCORED}</i>"), self.button, self.exported])

    def _export(self, _: Any) -> None:
        try:
            path, counts = form.export(self.folder, self.folder / form.EXPORT)
        except UserError as problem:
            self.exported.value = as_html(problem)
            return
        lines = [f"written: {path}", *(f"{count.prompt}: {count.state}" for count in counts if count.state)]
        self.exported.value = f'<span class="worktest-exported">{as_html(chr(10).join(lines))}</span>'

    def __repr__(self) -> str:
        return form.as_text(self.folder)

    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:
        return {**self.view._repr_mimebundle_(**options), "text/plain": repr(self)}
