"""What came of a sitting, as a notebook uses it: figures for the journal, and the whole report."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from worktest import recording
from worktest.cases import record, report
from worktest.errors import UserError


@dataclass(frozen=True)
class Result:
    """A scored sitting: points in percent, mean probability of the truth, share of intervals that were right."""

    percent: float
    on_truth: float
    inside: float
    grade: dict[str, Any]

    def _repr_markdown_(self) -> str:
        return report.as_markdown(self.grade)

    def __repr__(self) -> str:
        return report.headline(self.grade)


class NotYet:
    """What stands in for a result in a build, where nobody sits: its figures are placeholders that aren't recorded."""

    percent = on_truth = inside = ...

    def __repr__(self) -> str:
        return "Your first scored sitting is shown here, in your own copy of the unit."


def first_result(folder: Path) -> Any:
    """The first scored sitting that was not practice. Raises UserError while there is none."""
    if not recording.is_on():
        return NotYet()
    for sitting in record.sittings(folder)[0]:
        if sitting.grade is not None and not sitting.practice:
            found = report.summary_of(sitting.grade)
            if found["percent"] is None or found["on_truth"] is None:
                raise UserError(f"sitting {sitting.number} was scored without an answer: there are no figures in it")
            inside = found["inside"] / found["asked"] if found["asked"] else 0.0
            return Result(found["percent"], found["on_truth"], inside, sitting.grade)
    raise UserError("no sitting was scored yet: finish one with unit.sitting(), or `worktest sit` in a terminal")
