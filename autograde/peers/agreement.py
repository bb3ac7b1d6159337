"""How well a group's readers agree, over all answers of a unit that two have read."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograde import course
from autograde.peers import store
from worktest import agreement, peers
from worktest.errors import UserError


@dataclass
class Agreement:
    """A unit's readings: answers by how many read them, who still has to read, and the scores side by side.

    ``side_by_side`` is what `worktest.peers.merge` gives, of the answers that two or more have read; None where there
    is none. ``by_criterion`` has a line for each: prompt, criterion, pairs, Krippendorff's alpha (None: undefined), and
    on how many answers readers were two levels apart.
    """

    unit: str
    answers: int = 0
    read_by_two: int = 0
    read_by_one: int = 0
    waiting: dict[str, int] = field(default_factory=dict)
    side_by_side: dict[str, Any] | None = None
    by_criterion: list[dict[str, Any]] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """Plain data for ``--json``. No author, and of the readers only who has still to read."""
        return dict(self.__dict__)


def agreement_of(unit: str, root: Path) -> Agreement | None:
    """The agreement of a unit in the course at ``root``; None where nothing was given out."""
    found = store.read(root, unit)
    if not found.assigned:
        return None
    result = Agreement(unit, answers=len(found.assigned))
    both = []
    for code, one in found.assigned.items():
        scores = found.scores(code)
        result.read_by_one += len(scores) == 1
        for reader in one.readers:
            if reader not in scores:
                result.waiting[reader] = result.waiting.get(reader, 0) + 1
        if len(scores) > 1:
            both.append((found.packet(code), list(scores.values())))
    result.read_by_two = len(both)
    result.waiting = dict(sorted(result.waiting.items()))
    if both:
        result.side_by_side = peers.side_by_side(both)
        result.by_criterion = _by_criterion(result.side_by_side)
    return result


def needed(unit: str, workspace: Path) -> Agreement:
    """The same for a command. Raises UserError where nothing was given out."""
    result = agreement_of(unit, course.root_of(workspace))
    if result is None:
        raise UserError(f"nothing of {unit} was given out: `autograde peers give {unit[:2]}` first")
    return result


def _by_criterion(both: dict[str, Any]) -> list[dict[str, Any]]:
    rows: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for packet in both["packets"]:
        for row in packet["rows"]:
            rows.setdefault((packet["prompt"], row["criterion"]), []).append(row)
    made = []
    for (prompt, criterion), mine in rows.items():
        most = max(len(row["levels"]) for row in mine)
        table = [[row["levels"][i] if i < len(row["levels"]) else None for row in mine] for i in range(most)]
        made.append(
            {
                "prompt": prompt,
                "criterion": criterion,
                "asks": mine[0]["asks"],
                "pairs": len(mine),
                "alpha": agreement.alpha(table) if len(mine) >= agreement.TOO_FEW else None,
                "talk": sum(row["talk"] for row in mine),
            }
        )
    return made
