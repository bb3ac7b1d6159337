"""What a notebook uses: the unit's world, and ``check``, which runs the visible checks at once."""

from __future__ import annotations

import os
import sys
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from worktest import activity, clock_watch
from worktest.checks.registry import CheckSet, load_module, unit_checks
from worktest.checks.run import MIME, Report, as_html, as_text, run_check, seed_of
from worktest.errors import UserError
from worktest.journal import Journal
from worktest.room import Room
from worktest.units import UnitInfo, load_unit

if TYPE_CHECKING:
    from worktest.cases.result import Result
    from worktest.cases.sheet import Case
    from worktest.review_panel import ReviewPanel


class OpenUnit:
    """An opened unit: ``world``, ``info``, ``journal`` and ``check(topic)``. Made by :func:`worktest.open_unit`."""

    def __init__(self, folder: Path, namespace: dict[str, Any]) -> None:
        self.folder = folder
        self.info: UnitInfo = load_unit(folder)
        self._namespace = namespace
        activity.note(folder, "open")
        clock_watch.watch(folder)

    @classmethod
    def at(cls, folder: str | Path, namespace: dict[str, Any]) -> OpenUnit:
        """Open the unit in ``folder``; raises UserError when no unit lies there."""
        path = Path(folder).resolve()
        if not (path / "unit.toml").is_file():
            raise UserError(
                f"no unit lies in {path}: open the notebook from the folder that `worktest start UNIT` made"
            )
        return cls(path, namespace)

    @cached_property
    def world(self) -> ModuleType:
        """The unit's toy world, from its ``world.py``. It runs on one thread, unless OMP_NUM_THREADS says otherwise.

        Tensors as small as a toy's gain nothing from two threads, and where another program is busy on one of two
        cores they wait for each other: a minute becomes six.
        """
        world = load_module(self.folder / "world.py", "world")
        torch = sys.modules.get("torch")
        if torch is not None and not os.environ.get("OMP_NUM_THREADS"):
            torch.set_num_threads(1)
        return world

    @cached_property
    def journal(self) -> Journal:
        """Where predictions, decisions and measurements of this unit are written down."""
        return Journal(self.folder)

    def clock(self) -> None:
        """Print the state of the work test's clock in one line, and what is worth saying about it."""
        from worktest import clock

        found = clock.find(self.folder)
        lines = ["no clock was started for this unit"]
        if found is not None:
            clock_watch.watch(self.folder)  # it may have been started after the notebook was opened
            lines = [clock.one_line(found), *clock.advice(found, clock.number_of(self.folder))]
        print("\n".join(f"clock: {line}" for line in lines))

    @cached_property
    def visible(self) -> CheckSet:
        """The unit's visible checks, from its ``visible.py`` (and ``visible_*.py``)."""
        return unit_checks(self.folder)

    def nuance(self) -> Any:
        """The nuance check: eight claims about the papers, a probability for each, then the truth and its source."""
        from worktest.widgets.nuance import panel

        return panel(self.folder)

    def sitting(self) -> Any:
        """The empirical reasoning test: four scenarios with fresh data, a form for each, and the score at the end."""
        from worktest.widgets.sit import panel

        return panel(self.folder)

    def practice(self, scenario: str) -> Any:
        """One scenario for practice: no clock, fresh data, the discussion right after."""
        from worktest.widgets.sit import panel

        return panel(self.folder, scenario)

    def case(self, scenario: str) -> Case:
        """The case of ``scenario`` that was drawn last, or that comes with the unit: text, figures, ``.tables``.

        Raises UserError when there is none.
        """
        from worktest.cases import record
        from worktest.cases.sheet import FILE, Case

        given = self.folder / "data" / Path(scenario).name
        if (given / FILE).is_file():
            return Case.read(given)

        past, _ = record.sittings(self.folder)
        for sitting in reversed(past):
            if scenario in sitting.scenarios:
                return record.case_of(self.folder, sitting, scenario)
        raise UserError(f"no case of {scenario!r} was drawn yet: draw a sitting first, with unit.sitting()")

    def sat(self) -> Result:
        """The first scored sitting that was not practice: words and figures. Raises UserError while there is none."""
        from worktest.cases.result import first_result

        return first_result(self.folder)

    def review(self) -> ReviewPanel:
        """The exit questions of this unit that are due, to answer and rate here."""
        from worktest.review_panel import ReviewPanel

        return ReviewPanel(self.folder)

    def check(self, topic: str) -> Shown:
        """Run the visible checks of the graded cell ``topic`` on what this notebook defines now.

        Under nbgrader's autograde this raises: only the examiner, from outside, may say that an answer is right.
        Under ``nbgrader validate`` a failed check raises, which is how validate learns of it.
        """
        execution = os.environ.get("NBGRADER_EXECUTION")
        if execution == "autograde":
            raise RuntimeError(
                "this cell is graded by worktest's examiner, which is not configured here: "
                "grade with `worktest grade`, or add autograde's settings to nbgrader_config.py"
            )
        cell = self.info.cell(topic)
        room = Room(self.folder, self._namespace)
        room._world = self.world  # the same world that the notebook uses: its models are loaded once
        seed = seed_of("visible", topic)
        results = [run_check(check, room.handle, seed) for check in self.visible.of(topic)]
        report = Report(topic, results, held_back=cell.held_back)
        activity.note(self.folder, "check", topic=topic, passed=report.passed, total=len(report.results))
        if execution == "validate" and not report.green:
            raise AssertionError(as_text(report))
        return Shown(report)

    def form(self) -> Any:
        """The mentor questions as a form with a live word count; drafts are kept in ``drafts/`` as you type."""
        from worktest.widgets.form import form_of

        return form_of(self.folder)

    def rubric(self, prompt: str) -> Any:
        """Score the three samples of a prompt, then your own answer: ``worktest rubric`` in the notebook."""
        from worktest.widgets.rubric import rubric_of

        return rubric_of(self.folder, prompt)

    def words(self, prompt: str) -> Any:
        """The word count of a written cell of the saved notebook, or of the draft."""
        from worktest import form, prompts

        return form.words(self.folder, prompts.prompt_of(prompts.read_prompts(self.folder), prompt, self.info.title))


class Shown:
    """A report as a notebook shows it: a coloured panel, plain text beside it, and data for programs."""

    def __init__(self, report: Report) -> None:
        self.report = report

    def __repr__(self) -> str:
        return as_text(self.report)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return {
            "text/plain": as_text(self.report),
            "text/html": as_html(self.report),
            MIME: self.report.to_json(),
        }
