"""``unit.rubric(ID)``: the rubric sitting in the notebook, step by step, on the same file as ``worktest rubric``.

What needs the grader's side (the distance to the reference) is asked of the command line in a process of its own, so
that the notebook's kernel never holds a reference score.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from worktest import paths, recording, rubrics
from worktest.errors import UserError
from worktest.form import Plain
from worktest.prompts import NEVER_SCORED, Criterion, Prompt, prompt_of, read_prompts
from worktest.rubrics import Sitting
from worktest.safe import as_html, flowing
from worktest.units import load_unit

_SECONDS = 120


def rubric_of(folder: Path, prompt: str) -> Rubric | Plain:
    """The sitting as a widget, or the rubric as text where nothing is recorded (a build, a re-check, grading)."""
    wanted = prompt_of(read_prompts(folder), prompt, load_unit(folder).title)
    return Rubric(folder, wanted) if recording.is_on() else Plain(as_text(wanted))


def as_text(prompt: Prompt) -> str:
    """The rubric in plain words."""
    lines = [f"The rubric of {prompt.id!r} ({prompt.points} points): three samples first, then your own answer."]
    for criterion in prompt.criterion:
        lines += [criterion.asks, *(f"  {level}  {text}" for level, text in enumerate(criterion.levels))]
    return "\n".join([*lines, NEVER_SCORED])


def unit_at(folder: Path) -> str:
    """The name of the unit whose copy lies in ``folder``, whatever the folder is called; "" when there is none."""
    names = paths.units_in(paths.curriculum())
    if folder.name in names:
        return folder.name
    title = load_unit(folder).title
    return next((name for name in names if load_unit(paths.curriculum() / name).title == title), "")


def ask_distance(folder: Path, prompt: Prompt) -> dict[str, Any]:
    """What ``worktest rubric --reveal --json`` says. Raises UserError with its one line when it refuses."""
    command = [sys.executable, "-m", "worktest.cli", "rubric", unit_at(folder) or folder.name, prompt.id]
    command += ["--dir", str(folder), "--reveal", "--json"]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, encoding="utf-8", errors="replace", timeout=_SECONDS, check=False
        )
        if done.returncode == 0 and isinstance(found := json.loads(done.stdout), dict):
            return found
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        raise UserError(f"the distance can't be asked for: {type(error).__name__}; try `worktest rubric`") from None
    said = done.stderr.strip().splitlines()
    raise UserError(said[-1].removeprefix("worktest: ") if said else "the distance can't be asked for")


def distance_html(prompt: Prompt, found: dict[str, Any]) -> str:
    """The distance as a table, with the reference's reasons."""
    asks = {criterion.id: criterion.asks for criterion in prompt.criterion}
    order = list(dict.fromkeys(row["sample"] for row in found["rows"]))
    rows = []
    for row in found["rows"]:
        number = f"{order.index(row['sample']) + 1} ({found['levels'].get(row['sample'], '')})"
        theirs = f"{row['reference']}" + (f" ({-row['difference']:+d})" if row["difference"] else "")
        cells = (number, asks.get(row["criterion"], ""), row["yours"], theirs, row["reason"])
        rows.append("<tr>" + "".join(f'<td style="text-align:left">{as_html(cell)}</td>' for cell in cells) + "</tr>")
    head = "".join(f'<th style="text-align:left">{name}</th>' for name in ("sample", "", "you", "reference", "reason"))
    table = f"<table><tr>{head}</tr>{''.join(rows)}</table>" if rows else ""
    notes = [*found["says"], *([f"note: {found['note']}"] if found.get("note") else [])]
    return table + "".join(f"<p>{as_html(line)}</p>" for line in notes)


class Rubric:
    """The sitting on one prompt. It is drawn anew after every step, from what ``rubrics.jsonl`` says."""

    def __init__(self, folder: Path, prompt: Prompt) -> None:
        import ipywidgets as widgets

        self.folder, self.prompt = folder, prompt
        self.said = ""
        self.view = widgets.VBox()
        self.view.add_class("worktest-rubric")
        self.draw()

    def draw(self) -> None:
        """Show the step that comes next."""
        import ipywidgets as widgets

        now = rubrics.sitting(self.folder, self.prompt)
        head = f"<b>{as_html(self.prompt.title)}</b> (<code>{self.prompt.id}</code>)<br>{as_html(self.prompt.question)}"
        notes = "".join(f"<br>note: {as_html(problem)}" for problem in now.problems)
        said = f"<br><b>{as_html(self.said)}</b>" if self.said else ""
        parts: list[Any] = [widgets.HTML(f"{head}<br><i>{NEVER_SCORED}</i>{notes}{said}")]
        if now.step in ("own", "samples"):
            parts.append(self._button("Commit my answer" if now.own is None else "Commit it again", self._commit))
            cell = f"its cell in {self.prompt.notebook}.ipynb as last saved (Ctrl+S), or from "
            parts.append(widgets.HTML(f"It is taken from {as_html(cell if self.prompt.notebook else '')}its draft."))
        if now.step == "samples":
            sample = now.open_samples()[0]
            place = f"Sample {now.order.index(sample.id) + 1} of {len(now.order)}"
            parts += self._to_score(place, flowing(sample.text), sample.id, now.samples.get(sample.id, {}))
        elif now.step == "distance":
            parts.append(self._button("Show the distance to the reference", self._distance))
        elif now.step in ("score own", "done"):
            parts += self._after(now)
        self.view.children = parts

    def _after(self, now: Sitting) -> list[Any]:
        import ipywidgets as widgets

        parts: list[Any] = [self._button("Show the distance again", self._distance)]
        if now.own is not None and now.step == "score own":
            title = f"Your answer, version {now.versions}, {now.own.get('words')} words"
            return [*parts, *self._to_score(title, now.own["text"], "own", now.own_scores)]
        rows = [
            f"{now.own_scores[c.id]} of {c.top}: {as_html(c.asks)} ({as_html(c.levels[now.own_scores[c.id]])})"
            for c in self.prompt.criterion
        ]
        total = f"{sum(now.own_scores.values())} of {self.prompt.points} points by your own reading"
        parts.append(widgets.HTML(f"<b>Your answer, version {now.versions}</b><br>" + "<br>".join([*rows, total])))
        return [*parts, self._button("My answer changed: commit it again", self._commit)]

    def _to_score(self, title: str, text: str, of: str, known: dict[str, int]) -> list[Any]:
        import ipywidgets as widgets

        box = '<div style="border-left:3px solid #888;padding-left:8px;margin:6px 0">'
        parts: list[Any] = [widgets.HTML(f"<b>{as_html(title)}</b>{box}{as_html(text, 60_000)}</div>")]
        chosen: list[tuple[Criterion, Any]] = []
        for criterion in self.prompt.criterion:
            levels = "<br>".join(f"<b>{level}</b> {as_html(said)}" for level, said in enumerate(criterion.levels))
            options = list(range(criterion.top + 1))
            buttons = widgets.ToggleButtons(options=options, value=known.get(criterion.id))
            buttons.style.button_width = "3em"
            buttons.add_class("worktest-levels")
            chosen.append((criterion, buttons))
            parts += [widgets.HTML(f"<b>{as_html(criterion.asks)}</b><br>{levels}"), buttons]

        def keep(_: Any) -> None:
            missing = [criterion.asks for criterion, buttons in chosen if buttons.value is None]
            if missing:
                self._do(lambda: f"choose a level for: {', '.join(missing)}", redraw=False)
                return
            self._do(lambda: self._keep(of, {criterion.id: buttons.value for criterion, buttons in chosen}))

        self.hint = widgets.HTML()
        return [*parts, self._button("Keep these levels", keep), self.hint]

    def _keep(self, of: str, levels: dict[str, int]) -> str:
        for criterion, level in levels.items():
            rubrics.score(self.folder, self.prompt, of, criterion, level)
        return ""

    def _commit(self, _: Any) -> None:
        self._do(lambda: rubrics.commit(self.folder, self.prompt, (unit_at(self.folder) or "UNIT")[:2])[1])

    def _distance(self, _: Any) -> None:
        import ipywidgets as widgets

        found: dict[str, Any] = {}

        def ask() -> str:
            found.update(ask_distance(self.folder, self.prompt))
            return ""

        self._do(ask)
        if found:
            first, *others = self.view.children
            self.view.children = [first, widgets.HTML(distance_html(self.prompt, found)), *others]

    def _do(self, step: Any, *, redraw: bool = True) -> None:
        """Take a step; what it says, or why it could not be taken, stands at the top (or below the levels)."""
        try:
            said = step()
        except UserError as problem:
            said = str(problem)
        if redraw:
            self.said = said
            self.draw()
        else:
            self.hint.value = f"<b>{as_html(said)}</b>"

    @staticmethod
    def _button(text: str, does: Any) -> Any:
        import ipywidgets as widgets

        button = widgets.Button(description=text, layout=widgets.Layout(width="auto", align_self="flex-start"))
        button.on_click(does)
        return button

    def __repr__(self) -> str:
        return as_text(self.prompt)

    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:
        return {**self.view._repr_mimebundle_(**options), "text/plain": repr(self)}
