"""nbgrader steps: ``Restore`` repairs a submission's metadata, ``Examine`` takes the place of nbgrader's ``Execute``.

Both are configured by dotted name (:mod:`autograde.course`), so the command line, formgrader's button and our own
commands grade in the same way.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from traitlets import Bool, Float, Unicode

from autograde.brief_only import fill_in
from autograde.examiner.execution import NOTES, Outcome, hold, job_of
from autograde.examiner.kernel import Limits
from autograde.examiner.seeds import course_secret
from autograde.examiner.sitting import Progress
from autograde.hand_in import problem_of_folder
from autograde.submission import compare, repair
from autograde.written import fill_cells
from worktest.errors import UserError

progress_hook: Progress | None = None
"""Where ``Examine`` says what it does; set by the command line around one grading."""


prepared: dict[str, Outcome] = {}
"""Outcomes that workers had ready before nbgrader asked for them, by the key of their job."""


class _Step(Preprocessor):
    enabled = Bool(True).tag(config=True)

    def _released(self, resources: dict[str, Any]) -> NotebookNode:
        about = resources["nbgrader"]
        path = Path(self._course_root()) / "curriculum" / about["assignment"] / f"{about['notebook']}.ipynb"
        return nbformat.read(path, as_version=4)

    def _course_root(self) -> str:
        # exporter -> converter (Autograde), which knows the course it works on
        converter: Any = self.parent.parent  # type: ignore[union-attr]
        return str(converter.coursedir.root)


class Restore(_Step):
    """Put every graded and locked cell back as it was released, apart from the answers, and note which ones changed.

    A written cell that still holds its stub gets the draft that was handed in beside the notebook.

    Raises UserError for what can't be repaired (a graded cell that is missing or there twice).
    """

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Repair ``nb`` in place."""
        released = self._released(resources)
        fill_in(nb, released)
        about = resources["nbgrader"]
        handed_in = Path(self._course_root()) / "submitted" / about["student"] / about["assignment"]
        if problem := problem_of_folder(handed_in):
            raise UserError(problem)
        fill_cells(about["assignment"], handed_in, nb)
        findings = compare(nb, released, about["notebook"])
        if findings.refused:
            raise UserError(findings.refused[0])
        repair(nb, released)
        nb.metadata[NOTES] = findings.restored
        return nb, resources


class Examine(_Step):
    """Run the learner's cells in a kernel that holds no hidden check, examine from outside, write the verdicts."""

    secret_path = Unicode("", help="File with the course secret; made when missing.").tag(config=True)
    cell_seconds = Float(60.0, help="Seconds that one cell may run.").tag(config=True)
    ask_seconds = Float(20.0, help="Seconds that one call of a learner's function may run.").tag(config=True)
    run_explore = Bool(False, help="Run also the cells that no grade needs.").tag(config=True)
    no_sandbox = Bool(False, help="Run answers with the grader's own rights, if that is what you want.").tag(
        config=True
    )

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Replace every code cell's outputs; test cells get the examiner's verdict and nothing else."""
        job = job_of(
            resources["nbgrader"]["assignment"],
            nb,
            self._released(resources),
            course_secret(Path(self.secret_path or Path(self._course_root()) / "secret")),
            run_explore=self.run_explore,
            limits=Limits(cell_seconds=self.cell_seconds, ask_seconds=self.ask_seconds),
            no_sandbox=self.no_sandbox,
            hide=(self._course_root(),),
        )
        nb.metadata.pop(NOTES, None)
        outcome = prepared.pop(job.key, None)
        if outcome is None:
            outcome = hold(job, progress_hook or self.log.info)
        outcome.write_into(nb)
        return nb, resources
