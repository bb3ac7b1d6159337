"""One sitting: a submitted notebook run cell by cell in a room, each graded cell examined where it stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, ClassVar

from nbformat import NotebookNode

from autograde.examiner.kernel import KernelRoom
from worktest.checks.answer import Ask, RoomLost
from worktest.checks.registry import Check, CheckSet
from worktest.checks.run import Report, Result, as_html, as_text, run_check

CHECK_SUFFIX = "-check"
"""A graded cell's test cell has the grade_id of the topic with this ending; it carries the points."""
_MAX_RESTARTS = 8
_MAX_LOST_PER_TOPIC = 2

Progress = Callable[[str], None]


def topic_of(cell: NotebookNode) -> str | None:
    """The topic whose test cell ``cell`` is, or None."""
    about = cell.metadata.get("nbgrader", {})
    if not isinstance(about, dict):
        return None
    grade_id = str(about.get("grade_id", ""))
    if cell.cell_type == "code" and about.get("grade") and not about.get("solution"):
        return grade_id.removesuffix(CHECK_SUFFIX)
    return None


@dataclass
class Sitting:
    """Runs ``notebook`` in ``room`` and replaces each cell's outputs by what was seen or judged.

    ``skip`` holds the ids of cells that grades do not need (tagged ``explore`` in the source); what stands below the
    last test cell is not needed either. ``notes`` are lines for the feedback of one cell, by grade_id (for instance
    that a locked cell was put back). With None in ``skip`` every cell runs.
    """

    NOT_NEEDED: ClassVar[str] = "Not run in grading: no grade needs this cell."

    room: KernelRoom
    checks: CheckSet
    seed: int
    skip: frozenset[str] | None = frozenset()
    notes: dict[str, str] = field(default_factory=dict)
    progress: Progress = lambda _: None
    _ran: list[str] = field(default_factory=list)
    _restarts: int = 0
    _given_up: str = ""

    def hold(self, notebook: NotebookNode) -> dict[str, Report]:
        """Go through the notebook from top to bottom; gives the report of each topic."""
        reports: dict[str, Report] = {}
        last = max((n for n, cell in enumerate(notebook.cells, start=1) if topic_of(cell)), default=0)
        for number, cell in enumerate(notebook.cells, start=1):
            if cell.cell_type != "code":
                continue
            topic = topic_of(cell)
            note = self.notes.get(cell.metadata.get("nbgrader", {}).get("grade_id", ""), "")
            if topic is not None:
                self.progress(f"examining {topic}")
                reports[topic] = self.examine(topic)
                cell.outputs = [verdict(reports[topic], float(cell.metadata.nbgrader["points"]), note)]
                cell.execution_count = 1  # HTMLExporter hides an execute_result without one
            elif self.skip is not None and (number > last or cell.get("id") in self.skip):
                cell.outputs = [_said(self.NOT_NEEDED)]
            else:
                self.progress(f"running cell {number} of {len(notebook.cells)}")
                cell.outputs = self.run(cell.source)
                if note:
                    cell.outputs.insert(0, _said(note))
        return reports

    def run(self, source: str) -> list[NotebookNode]:
        """Run one of the learner's cells; a cell that hangs or kills the kernel is left out, the others stay."""
        self._look_at_the_clock()
        if self._given_up:
            return [_said(f"Not run: {self._given_up}.")]
        run = self.room.run(source)
        if run.too_late and self._ran:  # an earlier cell had ended the kernel a little later
            del self._ran[-1]
            self._revive()
            return self.run(source)
        outputs = [NotebookNode(output) for output in run.outputs]
        if run.error:
            outputs.append(_said(f"This cell was left out: {run.error}. The other cells are still graded."))
        if run.lost:
            self._revive()
        elif not run.error:
            self._ran.append(source)
        return outputs

    def examine(self, topic: str) -> Report:
        """Put every check of ``topic`` to the answer as it stands now."""
        results: list[Result] = []
        lost = 0
        for check in self.checks.of(topic):
            self._look_at_the_clock()
            if self._given_up or lost >= _MAX_LOST_PER_TOPIC:
                reason = self._given_up or "earlier checks of this cell ran out of time or killed the kernel"
                results.append(_not_run(check, f"This check was not run: {reason}."))
                continue
            try:
                result = run_check(check, _fresh(self.room.ask), self.seed)
            except RoomLost as problem:
                lost += 1
                result = _not_run(check, f"While this was checked, the answer was lost: {problem}.")
                self._revive(counted=False)  # bounded by the checks: one bad answer must not cost the others
            results.append(result)
        return Report(topic, results)

    def _look_at_the_clock(self) -> None:
        if not self._given_up and self.room.out_of_time:
            minutes = self.room.limits.notebook_seconds / 60
            self._given_up = f"the notebook as a whole took more than {minutes:g} minutes"
            self.room.close()

    def _revive(self, *, counted: bool = True) -> None:
        """Start a new kernel and run again all cells that were well behaved so far."""
        while not self._given_up:
            self._restarts += counted
            counted = True
            if self._restarts > _MAX_RESTARTS:
                self._given_up = "the kernel died or hung too often"
                self.room.close()
                return
            try:
                self.room.restart()
            except RoomLost as problem:
                self._given_up = str(problem)
                return
            for position, source in enumerate(self._ran):
                run = self.room.run(source)
                if run.lost:
                    del self._ran[max(position - run.too_late, 0)]
                    break
            else:
                return


def _fresh(ask: Ask) -> Ask:
    """``ask``, whose first request lets the room forget what an earlier check had it build."""
    first = [True]

    def asked(request: dict[str, Any]) -> dict[str, Any]:
        return ask({**request, "forget": True} if first and first.pop() else request)

    return asked


def points_of(report: Report, maximum: float) -> float:
    """Points for a report: each check of the cell has an equal share; always within 0 and ``maximum``."""
    if not report.results:
        return 0.0
    share = maximum * report.passed / len(report.results)
    return min(max(round(share, 2), 0.0), maximum)


def verdict(report: Report, maximum: float, note: str = "") -> NotebookNode:
    """The one output of a graded test cell.

    nbgrader reads the plain text of an execute_result as the points; people read the HTML beside it. Any stderr
    output or error would mean zero, no output at all would mean full points: so there is always exactly this one.
    """
    points = points_of(report, maximum)
    footer = f"{points:g} of {maximum:g} points." + (f" {note}" if note else "")
    html = as_html(report, footer=footer)
    output: dict[str, Any] = {
        "output_type": "execute_result",
        "execution_count": 1,
        "data": {"text/plain": repr(points), "text/html": html},
        "metadata": {"worktest": {"report": report.to_json(), "text": as_text(report), "note": note}},
    }
    return NotebookNode({**output, "data": NotebookNode(output["data"]), "metadata": NotebookNode(output["metadata"])})


def _not_run(check: Check, says: str) -> Result:
    return Result(check.name, check.title, False, check.visible, says)


def _said(text: str) -> NotebookNode:
    return NotebookNode({"output_type": "stream", "name": "stdout", "text": f"[worktest] {text}\n"})
