"""The explain-this-line exercise: why does this number, this sentence, this line stand there, and what would move it.

Five items a sitting, drawn from one's own paper and experiment. One's own reason comes first; only then the folder's
record is shown, and one scores oneself. Kept in ``explain.jsonl``, a chained file. A sitting that was left goes on.
Nothing is timed, and how fluently something is said is not scored.
"""

from __future__ import annotations

import random
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from worktest import chain
from worktest.errors import UserError
from worktest.extend.explain_items import KINDS, Bank, Item

FILE = "explain.jsonl"
A_SITTING = 5
_SHARE = {"number": 2, "claim": 2, "line": 1}
MAX_REASON = 5_000
LEVELS = (
    "no reason, or only that a tool did it",
    "a reason, but one that nobody could check",
    "a reason with its evidence, and what would change it",
)
ASKS = {
    "number": "Why this number: which condition, measure and seeds stand behind it, and what would move it?",
    "claim": "Why may you say this: which result carries it, and what would have made you say the opposite?",
    "line": "Why is this line so: what else did you consider, and how would the results change with it?",
}


@dataclass
class Said:
    """What was said about one item so far."""

    reason: str | None = None
    spoken: bool = False
    source: str | None = None
    right: bool | None = None
    level: int | None = None


@dataclass
class Sitting:
    """One sitting: its items in the order they are asked, and what was said."""

    number: int
    items: list[Item]
    said: dict[str, Said] = field(default_factory=dict)

    @property
    def open_items(self) -> list[Item]:
        """Items that have no level yet."""
        return [item for item in self.items if self.said[item.id].level is None]


def sittings(folder: Path, bank: Bank | None = None) -> tuple[list[Sitting], list[str]]:
    """All sittings, oldest first, and a line for each thing that is wrong with the file.

    An item whose sentence was rewritten since is known by what was written down of it, without its record.
    """
    record = chain.read(folder / FILE)
    known = {item.id: item for item in bank.items} if bank else {}
    found: list[Sitting] = []
    problems = list(record.problems)
    for position, entry in enumerate(record.entries, start=1):
        try:
            if entry["kind"] == "sitting":
                items = [known.get(str(i["id"])) or _gone(i) for i in entry["items"]]
                found.append(Sitting(len(found) + 1, items, {item.id: Said() for item in items}))
                continue
            if not 1 <= entry["sitting"] <= len(found):
                raise ValueError(entry["sitting"])
            said = found[entry["sitting"] - 1].said[entry["id"]]
            if entry["kind"] == "reason" and said.reason is None:
                said.reason, said.spoken = str(entry["reason"]), bool(entry["spoken"])
            elif entry["kind"] == "source" and said.source is None:
                said.source, said.right = str(entry["source"]), bool(entry["right"])
            elif entry["kind"] == "level":
                said.level = _level(entry["level"])
        except (KeyError, TypeError, ValueError, UserError):
            problems.append(f"{FILE}, entry {position}: can't be read as part of a sitting; it is passed over")
    return found, problems


def _gone(entry: dict[str, Any]) -> Item:
    kind = str(entry["item"])
    if kind not in KINDS:
        raise ValueError(kind)
    return Item(str(entry["id"]), kind, str(entry["text"]), str(entry["where"]), "")


def current(folder: Path, bank: Bank, seed: int | None = None) -> Sitting:
    """The sitting that was left open, or a new one. Items that are no longer in the paper are not asked again."""
    past, _ = sittings(folder, bank)
    there = {item.id for item in bank.items}
    if past:
        open_ones = [item for item in past[-1].open_items if item.id in there]
        if open_ones:
            return Sitting(past[-1].number, open_ones, past[-1].said)
    seed = secrets.randbits(32) if seed is None else seed
    items = draw(bank.items, [item.id for sitting in past for item in sitting.items], seed)
    kept = [{"id": item.id, "item": item.kind, "text": item.text[:500], "where": item.where} for item in items]
    chain.append(folder / FILE, "sitting", {"seed": seed, "items": kept})
    return Sitting(len(past) + 1, items, {item.id: Said() for item in items})


def draw(items: list[Item], asked: list[str], seed: int) -> list[Item]:
    """Five items: numbers first, then claims, then lines; none that was asked before while others are left."""
    rng = random.Random(seed)
    shuffled = rng.sample(items, len(items))
    shuffled.sort(key=lambda item: asked.count(item.id))  # stable: the least asked first, by chance among them
    fewest = asked.count(shuffled[0].id) if shuffled else 0
    fresh = [item for item in shuffled if asked.count(item.id) == fewest]
    chosen: list[Item] = []
    for kind in KINDS:
        chosen += [item for item in fresh if item.kind == kind][: _SHARE[kind]]
    for item in [*sorted(fresh, key=lambda item: KINDS.index(item.kind)), *shuffled]:
        if len(chosen) < A_SITTING and item not in chosen:
            chosen.append(item)
    return sorted(chosen, key=lambda item: KINDS.index(item.kind))


def name_source(folder: Path, sitting: Sitting, item: Item, source: str) -> bool:
    """Write down where a number is said to come from; gives whether that is so."""
    said = sitting.said[item.id]
    if said.source is None:
        said.source, said.right = source, source in item.sources
        entry = {"sitting": sitting.number, "id": item.id, "source": source, "right": said.right}
        chain.append(folder / FILE, "source", entry)
    return bool(said.right)


def give_reason(folder: Path, sitting: Sitting, item: Item, reason: str, *, spoken: bool = False) -> None:
    """Write down a reason, or that it was said aloud. The first one counts. Raises UserError for an overlong one."""
    reason = reason.strip()
    if len(reason) > MAX_REASON:
        raise UserError(f"a reason of {len(reason):,} characters is too long; keep it under {MAX_REASON:,}")
    said = sitting.said[item.id]
    if said.reason is None:
        entry = {"sitting": sitting.number, "id": item.id, "reason": reason, "spoken": spoken}
        chain.append(folder / FILE, "reason", entry)
        said.reason, said.spoken = reason, spoken


def give_level(folder: Path, sitting: Sitting, item: Item, level: int) -> None:
    """Write down one's own score. Raises UserError for another number than 0, 1, 2, or before the reason was given."""
    if sitting.said[item.id].reason is None:
        raise UserError("the reason comes first, then the record, then the level")
    chain.append(folder / FILE, "level", {"sitting": sitting.number, "id": item.id, "level": _level(level)})
    sitting.said[item.id].level = level


def _level(value: Any) -> int:
    if isinstance(value, bool) or value not in (0, 1, 2):
        raise UserError(f"a level is 0, 1 or 2, not {str(value)[:20]!r}")
    return int(value)


@dataclass(frozen=True)
class Shaky:
    """An item that was last explained badly: what it is, where, its level, and whether its source was known."""

    kind: str
    text: str
    where: str
    level: int
    right: bool | None
    reason: str


@dataclass
class Stats:
    """How it went: by kind how many were asked and their mean level, and what was shaky the last time."""

    asked: dict[str, int] = field(default_factory=dict)
    mean: dict[str, float] = field(default_factory=dict)
    sources: tuple[int, int] = (0, 0)
    shaky: list[Shaky] = field(default_factory=list)
    left: int = 0
    problems: list[str] = field(default_factory=list)


def stats(folder: Path, bank: Bank | None) -> Stats:
    """What was shaky: the last level of each item that is still in the paper (of all items without a ``bank``)."""
    past, problems = sittings(folder, bank)
    last: dict[str, tuple[Item, Said]] = {}
    for sitting in past:
        for item in sitting.items:
            if sitting.said[item.id].level is not None:
                last[item.id] = item, sitting.said[item.id]
    there = {item.id for item in bank.items} if bank else set(last)
    found = Stats(left=len(there - set(last)), problems=problems)
    for kind in KINDS:
        levels = [said.level or 0 for item, said in last.values() if item.kind == kind]
        if levels:
            found.asked[kind], found.mean[kind] = len(levels), sum(levels) / len(levels)
    named = [said.right for _, said in last.values() if said.right is not None]
    found.sources = (sum(named), len(named))
    for item, said in last.values():
        if item.id in there and ((said.level or 0) < 2 or said.right is False):
            found.shaky.append(Shaky(item.kind, item.text, item.where, said.level or 0, said.right, said.reason or ""))
    found.shaky.sort(key=lambda one: (one.level, one.right is not False))
    return found
