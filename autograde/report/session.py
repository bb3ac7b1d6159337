"""A minute plan for a session that follows from the findings; it adds up to the minutes that there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from autograde.report.gather import Group
from autograde.report.questions import Chosen
from worktest import paths
from worktest.errors import UserError
from worktest.safe import counted
from worktest.units import load_unit

SHORTEST, LONGEST = 20, 240
_WITH_A_BREAK = 100
_STEP = 5


@dataclass
class Part:
    """One part of the session. ``rank``: what comes last is dropped first and lengthened last, up to ``most``."""

    what: str
    how: str
    minutes: int
    most: int
    rank: int

    def to_json(self) -> dict[str, Any]:
        """Plain data for ``--json``."""
        return {"what": self.what, "how": self.how, "minutes": self.minutes}


def plan(group: Group, chosen: Chosen, minutes: int) -> list[Part]:
    """The parts of a session of so many minutes, in order. Raises UserError for a length that no session has."""
    if not SHORTEST <= minutes <= LONGEST:
        raise UserError(f"--minutes {minutes}: a session has {SHORTEST} to {LONGEST} minutes")
    rest = [_break()] if minutes >= _WITH_A_BREAK else []
    parts = [
        _arrive(group),
        *_questions(group, chosen),
        *rest,
        *_figure(group, chosen),
        *_peers(group),
        _open(),
        _close(group),
    ]
    while sum(part.minutes for part in parts) > minutes:
        parts.remove(max(parts, key=lambda part: part.rank))
    growing = sorted(parts, key=lambda part: part.rank)
    while left := minutes - sum(part.minutes for part in parts):
        room = [part for part in growing if part.minutes < part.most] or growing[-1:]
        for part in room:
            step = min(_STEP, left)
            part.minutes += step
            left -= step
    return parts


def starts(parts: list[Part]) -> list[int]:
    """The minute at which each part begins."""
    return [sum(part.minutes for part in parts[:number]) for number in range(len(parts))]


def _arrive(group: Group) -> Part:
    if not group.handed_in:
        how = "Everybody says in one sentence how far they came, and where they stopped."
    elif group.handed_in == 1:
        how = "Read the findings of this page together; there is one hand-in so far."
    else:
        how = "Read the findings of this page aloud, from section 2 on: no name stands there."
    return Part("Arrive", how, 5, 5, 0)


def _questions(group: Group, chosen: Chosen) -> list[Part]:
    """Ten minutes a question. Fewer than three people are no pairs, and who did no work can't compare answers."""
    if len(group.people) > 2 and group.handed_in > 1:
        how = "In pairs first, then together."
    else:
        how = "Together: each says an own answer before anybody comments."
    return [
        Part(f"Question {number}: {one.title}", how, 10, 25, rank)
        for number, (one, rank) in enumerate(zip(chosen.asked, (2, 3, 5), strict=True), start=1)
    ]


def _figure(group: Group, chosen: Chosen) -> list[Part]:
    """A look at one figure (of another prediction than a question asks about), a prediction to be made, or nothing."""
    asked = [one.subject for one in chosen.asked if one.about == "prediction"]
    shown = sorted((one for one in group.predicted if not one.few), key=lambda one: one.name in asked)
    if shown:
        how = "First what a line is and what the strokes are, then what surprises, then what would explain it."
        return [Part(f"One figure: {shown[0].name}", how, 10, 20, 4)]
    waiting = next((one for one in group.predicted if not one.made), None)
    if waiting is not None:
        what = f" ({waiting.what})" if waiting.what else ""
        how = f"Each writes a guess and an interval for “{waiting.name}”{what}; then compare."
        return [Part("Predict together", how, 10, 20, 4)]
    return []


def _peers(group: Group) -> list[Part]:
    """Time for the answers on which two readers were far apart."""
    apart = sum(any(row["talk"] for row in packet["rows"]) for packet in (group.peers or {}).get("packets", []))
    if not apart:
        return []
    how = (
        f"The readers of {counted(apart, 'answer')} were two levels apart or more: compare the reasons, by the rubric."
    )
    return [Part("What readers saw differently", how, 5, 20, 6)]


def _open() -> Part:
    how = "What nobody could answer is written down, with who looks it up until next week."
    return Part("Open questions", how, 5, 30, 7)


def _break() -> Part:
    return Part("Break", "Away from the screens.", 10, 10, 6)


def _close(group: Group) -> Part:
    following = _following(group.unit)
    then = f" Units that build on this one: {', '.join(following)}." if following else ""
    return Part("Next week", f"Choose the unit, and who facilitates.{then}", 5, 5, 1)


def _following(unit: str) -> list[str]:
    """Titles of the units that name this one as a prerequisite."""
    found = []
    for name in paths.units_in(paths.curriculum()):
        try:
            info = load_unit(paths.curriculum() / name)
        except UserError:  # a unit in the making keeps nobody from a session
            continue
        if unit in info.prerequisites:
            found.append(f"{name[:2]} {info.title}")
    return found[:6]
