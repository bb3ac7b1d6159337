"""Where the group lost points: each graded cell's counts, and the visible checks that failed most. No names."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from worktest.units import GradedCell, UnitInfo

FEW = 3
"""What fewer people than this did is shown as a count only: more would point at persons."""
_MOST_CHECKS = 3


@dataclass
class Tally:
    """One graded cell over the group. ``graded``: hand-ins that were; ``untouched``: of them, left as given out."""

    cell: GradedCell
    graded: int = 0
    lost: int = 0
    untouched: int = 0
    lost_points: float = 0.0
    """By those who tried."""
    checks: list[tuple[str, int]] = field(default_factory=list)
    """Titles of visible checks with how many failed them, most first; of those who tried."""
    says: str = ""
    """What the check that failed most says, where at least two people read the same words."""
    held_back: int = 0
    """How many of those who tried failed a check that is held back."""

    @property
    def tried(self) -> int:
        """Graded hand-ins in which something was written."""
        return self.graded - self.untouched

    @property
    def few(self) -> bool:
        """Whether so few handed it in that only counts are shown."""
        return self.graded < FEW

    @property
    def share(self) -> float:
        """Share of the group's points of this cell that were lost by trying, 0 to 1."""
        return self.lost_points / (self.graded * self.cell.points) if self.graded else 0.0

    def to_json(self) -> dict[str, Any]:
        """Plain data for ``--json``."""
        counts = {"graded": self.graded, "lost": self.lost, "untouched": self.untouched}
        checks = [{"title": title, "failed": number} for title, number in self.checks]
        return {"id": self.cell.id, "title": self.cell.title, **counts, "checks": checks, "held_back": self.held_back}


@dataclass(frozen=True)
class Seen:
    """One person's graded cell: points, maximum, whether it was left as given out, and the examiner's report."""

    points: float
    maximum: float
    untouched: bool
    report: dict[str, Any]


def tallies(info: UnitInfo, seen: dict[str, list[Seen]]) -> list[Tally]:
    """The cells of the unit, those that cost the most people points first; ``seen`` holds what was graded of each."""
    found = [_tally(cell, seen.get(cell.id, [])) for cell in info.graded]
    return sorted(found, key=lambda tally: (-tally.lost, -tally.share))


def _tally(cell: GradedCell, seen: list[Seen]) -> Tally:
    tally = Tally(cell, graded=len(seen))
    failed: Counter[str] = Counter()
    said: dict[str, Counter[str]] = {}
    for one in seen:
        tally.lost += one.points < one.maximum
        tally.untouched += one.untouched
        if one.untouched:  # fails every check, and says nothing about them
            continue
        tally.lost_points += max(one.maximum - one.points, 0.0)
        off = [check for check in _checks(one.report) if check.get("passed") is not True]
        tally.held_back += any(check.get("visible") is not True for check in off)
        for title in {str(check.get("title", "")) for check in off if check.get("visible") is True}:
            failed[title] += 1
            words = {str(c.get("says") or "") for c in off if str(c.get("title", "")) == title}
            said.setdefault(title, Counter()).update(words)
    if not tally.few:
        tally.checks = sorted(failed.items(), key=lambda pair: (-pair[1], pair[0]))[:_MOST_CHECKS]
        if tally.checks:
            ((says, times),) = said[tally.checks[0][0]].most_common(1)
            tally.says = says if times > 1 else ""
    else:
        tally.held_back = 0
    return tally


def _checks(report: dict[str, Any]) -> list[dict[str, Any]]:
    checks = report.get("checks")
    return [check for check in checks if isinstance(check, dict)] if isinstance(checks, list) else []
