"""What ``worktest`` may ask of the grader's side. Small on purpose: this is the door in the wall."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from autograde.claims import truths
from autograde.grades import Grade
from autograde.written import reference_scores
from worktest.errors import UserError


def prepare(workspace: Path, units: list[str] | None = None) -> Path:
    """Make or refresh the course of ``workspace``; see :func:`autograde.course.prepare`."""
    from autograde.course import prepare as prepare_course

    return prepare_course(workspace, units)


def grade(
    unit: str, folder: Path, workspace: Path, *, progress: Callable[[str], None], no_sandbox: bool = False
) -> Grade:
    """Grade one learner's unit: by the grader that waits in the background if there is one, else here.

    Where processes can be forked a grader is left waiting for the next time. Raises UserError as
    :func:`autograde.grade.grade` does.
    """
    from autograde.engine import waiting

    done = waiting.ask(unit, folder, workspace, no_sandbox=no_sandbox, progress=progress)
    if done is not None:
        return done
    progress("loading nbgrader")
    from autograde.grade import grade as grade_here

    result = grade_here(unit, folder, workspace, progress=progress, no_sandbox=no_sandbox)
    waiting.begin()
    return result


def scenario_titles(unit: str) -> dict[str, tuple[str, int]]:
    """Title and minutes of each scenario of ``unit``; see :func:`autograde.cases.sit.titles`."""
    from autograde.cases.sit import titles

    return titles(unit)


def open_cases(unit: str, workspace: Path, nonce: str, names: list[str], count: int) -> dict[str, dict[str, bytes]]:
    """The files of a sitting's cases; see :func:`autograde.cases.sit.opened`."""
    from autograde.cases.sit import opened

    return opened(unit, workspace, nonce, names, count)


def settle_cases(
    unit: str, workspace: Path, nonce: str, answers: Mapping[str, Any], sheets: Mapping[str, str]
) -> list[dict[str, Any]]:
    """The scores of a sitting's answers; see :func:`autograde.cases.sit.settled`."""
    from autograde.cases.sit import settled

    return settled(unit, workspace, nonce, answers, sheets)


def sandbox() -> tuple[bool, str]:
    """Whether graded answers run inside walls on this machine, and which those are, or why there are none."""
    from autograde.engine.sandbox import best, probe

    try:
        return True, str(best())
    except UserError:
        return False, f"none: {probe() or 'kernels cannot be forked here'}"


__all__ = [
    "Grade",
    "grade",
    "open_cases",
    "prepare",
    "reference_scores",
    "sandbox",
    "scenario_titles",
    "settle_cases",
    "truths",
]
