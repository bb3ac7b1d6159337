"""Three questions worth discussing, chosen by rule from what the group handed in. Never about a person.

Four findings can give a question: the cell that cost most points, the prediction that missed most, the decision on
which the group split, the criterion on which peers differed. Each is measured as a share of the group; the three
largest shares are asked. What is lacking is filled from the unit's interview, then from three questions for any unit.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from autograde.paths import solutions
from autograde.report.gather import Group
from autograde.report.guesses import percent
from worktest.errors import UserError
from worktest.interview.bank import FIELD, FILE, Question, read_bank
from worktest.interview.binding import number
from worktest.safe import counted, plain

COUNT = 3
_A_CELL, _A_PREDICTION, _A_SPLIT = 0.15, 0.34, 0.3
"""Smaller shares of points lost, of intervals that missed, and of people who chose otherwise are no finding."""
_MOST_HINTS = 3


@dataclass(frozen=True)
class Discussed:
    """One question: what it asks, why it was chosen, and what to listen for."""

    about: Literal["cell", "prediction", "decision", "criterion", "unit"]
    title: str
    ask: str
    why: str
    listen: tuple[str, ...] = ()
    share: float = 0.0
    subject: str = ""

    def to_json(self) -> dict[str, Any]:
        """Plain data for ``--json``."""
        return asdict(self)


@dataclass
class Chosen:
    """The questions to ask, and the titles of findings that there was no place for."""

    asked: list[Discussed] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def choose(group: Group) -> Chosen:
    """Exactly three questions for this group."""
    bank = _bank(group)
    found = [one for one in (_cell(group), _prediction(group, bank), _decision(group, bank), _criterion(group)) if one]
    best = sorted(found, key=lambda one: -one.share)[:COUNT]
    asked = [one for one in found if one in best]
    left = [one.title for one in found if one not in best]
    for spare in [*_of_the_unit(bank), *_for_any_unit()]:
        if len(asked) < COUNT:
            asked.append(spare)
    return Chosen(asked, left)


def _bank(group: Group) -> list[Question]:
    try:
        return read_bank(solutions() / group.unit / FILE, group.info).questions
    except UserError:  # not every unit has an interview
        return []


def _cell(group: Group) -> Discussed | None:
    """The cell that cost those who tried it most, else the one that most people left as it was given out."""
    tally = max(group.tallies, key=lambda one: one.share, default=None)
    if tally is None or tally.graded == 0:
        return None
    if tally.share < _A_CELL:
        return _untouched(group)
    title = tally.cell.title
    lost = f"{tally.lost - tally.untouched} of {tally.tried} who tried lost some"
    why = f"It cost people more of its points than any other cell: {lost}."
    ask = f"What did you take “{title}” to ask, and which small input would have shown you that your answer is not it?"
    listen = ["an input on which a wrong and a right answer differ, worked by hand"]
    if tally.checks:
        check, failed = tally.checks[0]
        why += f" The visible check that failed most: “{check}” ({failed})."
        listen += [f"what that check says: {tally.says}"] if tally.says else []
    return Discussed("cell", title, ask, why, tuple(listen), tally.share, tally.cell.id)


def _untouched(group: Group) -> Discussed | None:
    tally = max(group.tallies, key=lambda one: one.untouched)
    if tally.untouched * 2 <= tally.graded:
        return None
    title = tally.cell.title
    why = f"{tally.untouched} of {tally.graded} left this cell as it was given out."
    ask = f"What would your first line of “{title}” be, and how would you know that it is right before you grade?"
    return Discussed("cell", title, ask, why, (), tally.untouched / tally.graded, tally.cell.id)


def _prediction(group: Group, bank: list[Question]) -> Discussed | None:
    ranked = [one for one in group.predicted if not one.few and one.missed >= _A_PREDICTION]
    if not ranked:
        return None
    one = ranked[0]
    measured = f"about {number(one.typical)}" + (f" {one.unit}" if one.unit else "")
    what = f" ({one.what})" if one.what else ""
    why = (
        f"{len(one.measured) - one.held} of {len(one.measured)} intervals missed what was measured, {measured}"
        + (f"; {one.direction}" if one.direction else "")
        + f"; on average people were {percent(one.sure)} sure."
    )
    ask = f"“{one.name}”{what}: what did you picture when you wrote your interval, and which step of it was off?"
    listen = ("the step that was wrong, not only that the number was", *_looks_for(bank, "prediction", one.name))
    return Discussed("prediction", one.name, ask, why, listen[:_MOST_HINTS], one.missed, one.name)


def _decision(group: Group, bank: list[Question]) -> Discussed | None:
    one = next(iter(group.decided), None)
    if one is None or one.split < _A_SPLIT:
        return None
    parts = ", ".join(f"{choice} ({count})" for choice, count in one.choices)
    others = f"; {one.others} wrote what nobody else did" if one.others else ""
    what = f" ({one.what})" if one.what else ""
    why = f"The group split: {parts}{others}."
    ask = (
        f"You decided differently on “{one.name}”{what}. What does each choice show that the others hide, and what "
        "would you have to see to change yours?"
    )
    listen = _looks_for(bank, "decision", one.name) or ("a reason that was there before the result",)
    return Discussed("decision", one.name, ask, why, listen[:_MOST_HINTS], one.split, one.name)


def _criterion(group: Group) -> Discussed | None:
    """The criterion on which two readers of one answer were apart most often."""
    worst: tuple[float, str, str, int, int] | None = None
    for title, asks, talk, of in peers_apart(group.peers):
        if talk and (worst is None or talk / of > worst[0]):
            worst = (talk / of, title, asks, talk, of)
    if worst is None:
        return None
    share, title, asks, talk, of = worst
    answers = f"{talk} of {counted(of, 'answer')}"
    why = f"Two readers of the same answer were two levels apart or more on {answers} to “{title}”."
    ask = f"“{asks}” Read the levels aloud. Where exactly does an answer pass from one level to the next?"
    listen = ("words of the level that both readers would point at", "a made-up answer just above and just below")
    return Discussed("criterion", asks, ask, why, listen, share)


def peers_apart(peers: dict[str, Any] | None) -> list[tuple[str, str, int, int]]:
    """(title of the prompt, what the criterion asks, answers to talk about, answers read by two)."""
    found: dict[tuple[str, str], list[bool]] = {}
    for packet in (peers or {}).get("packets", []):
        for row in packet["rows"]:
            key = (plain(packet["title"], 200), plain(row["asks"], 300))
            found.setdefault(key, []).append(bool(row["talk"]))
    return [(title, asks, sum(talks), len(talks)) for (title, asks), talks in found.items()]


def _looks_for(bank: list[Question], about: str, name: str) -> tuple[str, ...]:
    """What the unit's own question on this name listens for."""
    own = [question for question in bank if question.about == about and question.name == name]
    best = max(own, key=lambda question: question.weight, default=None)
    return tuple(best.looks_for) if best else ()


def _of_the_unit(bank: list[Question]) -> list[Discussed]:
    """The unit's general questions, the weightiest first; of these every field is filled as it stands."""
    general = [q for q in bank if q.about == "general" and not FIELD.search(q.ask)]
    ranked = sorted(general, key=lambda question: -question.weight)
    why = "From the unit's own interview, since the group's work gave no further finding."
    return [
        Discussed("unit", q.revisit.heading, q.ask, why, tuple(q.looks_for[:_MOST_HINTS]), subject=q.id) for q in ranked
    ]


def _for_any_unit() -> list[Discussed]:
    why = "A question for any unit: the group's work gave no further finding, and the unit has no further question."
    asks = (
        ("What you would not bet on", "Which of your results would you not bet on, and what would settle it?"),
        ("What took longest", "What took you longest, and what do you know now that the text did not say?"),
        ("What you would cut", "If you had half the time again, what would you leave out, and what would be lost?"),
    )
    return [Discussed("unit", title, ask, why) for title, ask in asks]
