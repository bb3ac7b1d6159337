"""Everything that a learner's files say about one unit, read once for the readiness figures."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from worktest import evidence, journal, rubric_evidence
from worktest.brief import FLAG
from worktest.units import UnitInfo

WORK_TEST, REASONING = "work_test", "reasoning"
"""The notebooks whose points are told apart."""


@dataclass
class Work:
    """Everything that was read about one unit."""

    name: str
    info: UnitInfo
    folder: Path
    started: bool
    work_test: evidence.Points | None
    reasoning: evidence.Points | None
    nuance: evidence.Nuance
    sat: evidence.Sat
    drafts: list[evidence.Draft]
    journal: journal.View
    rubrics: rubric_evidence.Rubrics
    rehearsals: rubric_evidence.Rehearsals
    begun_write_up: bool
    handed_in: bool
    from_brief: bool
    has_claims: bool
    has_interview: bool
    problems: list[str]

    @property
    def number(self) -> str:
        """The unit's two digits, as commands take them."""
        return self.name[:2]

    def has_notebook(self, name: str) -> bool:
        """Whether the unit has graded cells in that notebook."""
        return any(cell.notebook == name for cell in self.info.graded)


def _from_brief(folder: Path) -> bool:
    """Whether the work test in ``folder`` was started from its brief alone."""
    try:
        notebook = json.loads((folder / f"{WORK_TEST}.ipynb").read_text(encoding="utf-8"))
        return notebook["metadata"]["worktest"][FLAG] is True
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return False


def read_work(name: str, info: UnitInfo, folder: Path, release: Path, attempts: list[dict[str, Any]]) -> Work:
    """Read what a learner did in one unit. Never raises for the content of the files.

    Args:
        name: the unit's full name.
        info: its description.
        folder: the learner's folder of the unit, which need not be there.
        release: the released unit, which says what a unit that isn't started holds.
        attempts: all graded attempts of the workspace.
    """
    drafts, problems = evidence.drafts(folder)
    nuance, view, sat = evidence.nuance(folder), journal.view(folder), evidence.sat(folder)
    rubrics, rehearsals = rubric_evidence.rubrics(folder), rubric_evidence.rehearsals(folder)
    problems = [*problems, *nuance.problems, *sat.problems, *view.problems, *rubrics.problems, *rehearsals.problems]
    places = (folder, release)
    return Work(
        name=name,
        info=info,
        folder=folder,
        started=folder.is_dir(),
        work_test=evidence.points(attempts, name, info, WORK_TEST),
        reasoning=evidence.points(attempts, name, info, REASONING),
        nuance=nuance,
        sat=sat,
        drafts=drafts,
        journal=view,
        rubrics=rubrics,
        rehearsals=rehearsals,
        begun_write_up=rubric_evidence.begun_write_up(folder),
        handed_in=rubric_evidence.handed_in(folder),
        from_brief=_from_brief(folder),
        has_claims=any((place / "claims.toml").is_file() for place in places),
        has_interview=any((place / "interview.yaml").is_file() for place in places),
        problems=[f"{name}: {problem}" for problem in problems],
    )
