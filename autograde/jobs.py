"""From a submission on disk to the jobs of its notebooks, repaired as nbgrader's sanitizing will repair them."""

from __future__ import annotations

import concurrent.futures
from dataclasses import dataclass, field
from pathlib import Path

import nbformat

from autograde import brief_only, course
from autograde.examiner.execution import NOTES, Job, Outcome, hold, job_of
from autograde.examiner.kernel import Limits
from autograde.examiner.seeds import course_secret
from autograde.examiner.sitting import Progress
from autograde.paths import solutions
from autograde.submission import compare, notebooks_of, read_notebook, repair
from autograde.written import fill_cells
from worktest.errors import UserError
from worktest.units import load_unit


@dataclass(frozen=True)
class Settings:
    """How a course's answers are run: the same for every submission of a batch."""

    root: Path
    secret: bytes = field(repr=False, default=b"")
    limits: Limits = field(default_factory=Limits)
    run_explore: bool = False
    no_sandbox: bool = False

    @classmethod
    def of(cls, root: Path, *, run_explore: bool = False, no_sandbox: bool = False) -> Settings:
        """The settings of the course in ``root``."""
        config = course.settings(root).Examine
        limits = Limits(
            cell_seconds=float(config.get("cell_seconds", Limits.cell_seconds)),
            ask_seconds=float(config.get("ask_seconds", Limits.ask_seconds)),
        )
        return cls(root, course_secret(Path(config.secret_path)), limits, run_explore, no_sandbox)


def jobs_of(unit: str, root: Path, student: str, settings: Settings) -> list[Job]:
    """The jobs of a student's submission, one for each notebook of the unit.

    Raises UserError with one line for a submission that can't be graded.
    """
    folder = root / "submitted" / student / unit
    jobs = []
    for name in notebooks_of(load_unit(solutions() / unit), root / "curriculum" / unit, folder):
        notebook = read_notebook(folder / f"{name}.ipynb")
        released = nbformat.read(root / "curriculum" / unit / f"{name}.ipynb", as_version=4)
        brief_only.fill_in(notebook, released)
        fill_cells(unit, folder, notebook)
        findings = compare(notebook, released, name, look_at_code=False)
        if findings.refused:
            raise UserError(findings.refused[0])
        repair(notebook, released)
        notebook.metadata[NOTES] = findings.restored
        jobs.append(
            job_of(
                unit,
                notebook,
                released,
                settings.secret,
                run_explore=settings.run_explore,
                limits=settings.limits,
                no_sandbox=settings.no_sandbox,
                hide=(str(root),),
            )
        )
    return jobs


def hold_all(jobs: list[Job], progress: Progress) -> dict[str, Outcome]:
    """Examine the notebooks of one submission side by side, in this process; gives the outcomes by the jobs' keys."""
    with concurrent.futures.ThreadPoolExecutor(2) as threads:
        return dict(zip([job.key for job in jobs], threads.map(lambda job: hold(job, progress), jobs), strict=True))
