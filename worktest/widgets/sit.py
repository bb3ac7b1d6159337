"""The empirical reasoning test in JupyterLab: the drawn cases, a form for each, and the score at the end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from worktest import clock, recording
from worktest.cases import record, report
from worktest.cases.record import Sitting
from worktest.errors import UserError
from worktest.form import Plain
from worktest.safe import as_html, counted
from worktest.units import load_unit
from worktest.widgets.case_form import Form
from worktest.widgets.door import ask

_WIDE = {"width": "98%"}


def panel(folder: Path, practice: str | None = None) -> Any:
    """What ``unit.sitting()`` and ``unit.practice(ID)`` show; a line of text where nothing is recorded."""
    if not recording.is_on():
        number = len(load_unit(folder).scenarios)
        return Plain(
            f"The empirical reasoning test: {record.A_SITTING} of {number} scenarios a sitting. "
            "Run this cell in your own copy of the unit, or `worktest sit` in a terminal."
        )
    return Panel(folder, practice).view


class Panel:
    """A sitting on the screen. It is drawn anew after every step, from what ``sittings.jsonl`` says."""

    def __init__(self, folder: Path, practice: str | None = None) -> None:
        import ipywidgets as widgets

        self.folder, self.practice = folder, practice
        self.used = widgets.Text(value="", placeholder='"none", or what for', description="LLM used")
        self.view = widgets.VBox()
        self.view.add_class("worktest-sitting")
        self.draw()

    def draw(self) -> None:
        """Show where the sitting stands: a door to it, its scenarios, or its score."""
        sitting = record.open_sitting(self.folder)
        try:
            self.view.children = self._door() if sitting is None else self._sitting(sitting)
        except UserError as problem:
            self.view.children = [self._html(f"<b>{as_html(problem)}</b>")]

    # Before --------------------------------------------------------------------------------------------------------

    def _door(self) -> list[Any]:
        import ipywidgets as widgets

        if self.practice is not None:
            button = self._button(f"Draw a case of {self.practice!r}", self._begin_practice)
            return [
                self._html("Practice: no clock, and it counts for nothing. The discussion comes after."),
                button,
            ]
        self.limit = widgets.Text(placeholder="60m, 1h30, or empty", description="limit")
        self.off = widgets.Checkbox(value=False, description="I will answer without a language model", indent=False)
        self.off.layout = _WIDE
        text = (
            f"<b>A new sitting</b> of {record.A_SITTING} scenarios, a little over an hour. Set a limit or none; "
            "a pause is written down with its reason. The first answer to a scenario counts."
        )
        return [self._html(text), self.limit, self.off, self._button("Draw my sitting", self._begin)]

    def _begin(self) -> None:
        words = ["--begin", "--no-llm" if self.off.value else "--llm"]
        if self.limit.value.strip():
            clock.minutes_of(self.limit.value)
            words += ["--timed", self.limit.value.strip()]
        ask("sit", self._unit, "--dir", str(self.folder), *words)

    def _begin_practice(self) -> None:
        ask("sit", self._unit, str(self.practice), "--practice", "--begin", "--dir", str(self.folder))

    # During --------------------------------------------------------------------------------------------------------

    def _sitting(self, sitting: Sitting) -> list[Any]:
        import ipywidgets as widgets

        head = f"<b>Sitting {sitting.number}</b> ({sitting.kind})."
        parts: list[Any] = [self._html(head), *self._clock(sitting)]
        tabs = widgets.Tab([self._scenario(sitting, name) for name in sitting.scenarios])
        for place, name in enumerate(sitting.scenarios):
            tabs.set_title(place, f"{name} {'(done)' if name in sitting.answers else ''}".strip())
        if sitting.left:
            tabs.selected_index = sitting.scenarios.index(sitting.left[0])
        parts.append(tabs)
        if not sitting.practice:
            self.used.layout = _WIDE
            parts.append(self.used)
        left = len(sitting.left)
        words = "Score this sitting" if not left else f"End it here and score it, {counted(left, 'scenario')} left out"
        parts.append(self._button(words, lambda: self._score(sitting), style="" if left else "primary"))
        return parts

    def _clock(self, sitting: Sitting) -> list[Any]:
        import ipywidgets as widgets

        record.start_clock(self.folder, sitting)  # a sitting that a facilitator drew has none yet
        running = clock.find(self.folder) if sitting.limit is not None else None
        if running is None:
            return []
        line = self._html(f"clock: {as_html(clock.one_line(running))}")
        if running.paused is not None:
            return [line, self._button("Go on", lambda: clock.resume(self.folder))]
        reason = widgets.Text(placeholder="why: tea, a call", layout={"width": "16em"})
        pause = self._button("Pause", lambda: clock.pause(self.folder, reason.value))
        return [line, widgets.HBox([reason, pause])]

    def _scenario(self, sitting: Sitting, name: str) -> Any:
        import ipywidgets as widgets

        case = record.case_of(self.folder, sitting, name)
        shown = widgets.Output(layout={"border": "1px solid #bbb", "padding": "0 1em"})
        with shown:
            case.show()
        where = f'In this notebook: <code>unit.case("{name}").tables</code>. Files: {as_html(case.folder)}'
        if name in sitting.answers:
            return widgets.VBox([shown, self._html(f"{where}<br><b>Your answer is written down.</b>")])
        form = Form(self, sitting, case)
        return widgets.VBox([shown, self._html(where), *form.parts])

    def _score(self, sitting: Sitting) -> bool:
        used = "practice" if sitting.practice else self.used.value.strip()
        if not used:
            raise UserError('say what a language model was used for, or "none"')
        graded = ask("sit", self._unit, "--dir", str(self.folder), "--score", "--used", used)
        self.practice = None
        return self._result(sitting, graded)

    def _result(self, sitting: Sitting, graded: dict[str, Any]) -> bool:
        """Show the score in place of the sitting; gives True, since nothing is to be drawn after it."""
        import ipywidgets as widgets
        from IPython.display import Markdown, display

        shown = widgets.Output()
        with shown:
            display(Markdown(report.as_markdown(graded)))
            for name in sitting.scenarios:
                path = sitting.folder(self.folder, name) / "discussion.md"
                display(Markdown(f"#### Discussion: {name}\n\n{path.read_text(encoding='utf-8')}"))
        self.view.children = [shown]
        return True

    # Helpers -------------------------------------------------------------------------------------------------------

    @property
    def _unit(self) -> str:
        from worktest.widgets.rubric import unit_at

        return unit_at(self.folder) or self.folder.name

    def _html(self, text: str) -> Any:
        import ipywidgets as widgets

        return widgets.HTML(text)

    def _button(self, text: str, act: Any, style: str = "primary") -> Any:
        import ipywidgets as widgets

        button = widgets.Button(description=text, button_style=style, layout={"width": "auto"})
        note = self._html("")

        def pressed(_: Any) -> None:
            button.disabled, note.value = True, ""
            try:
                drawn = act()
            except UserError as problem:  # said beside the button; what was typed stays as it is
                note.value, button.disabled = f"<b>{as_html(problem)}</b>", False
                return
            if drawn is not True:
                self.draw()

        button.on_click(pressed)
        return widgets.HBox([button, note])
