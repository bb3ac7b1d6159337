"""What the group predicted against what it measured, and what it decided. No names, and no text of one person alone."""

from __future__ import annotations

import math
import statistics
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from autograde.report.losses import FEW
from worktest.interview.binding import factor_off, number
from worktest.journal import Decision, Prediction, View
from worktest.safe import plain
from worktest.units import UnitInfo

_LONGEST_UNIT = 60
_LARGEST = 1e15
"""No unit has larger numbers; one in a file is a slip, and would leave no axis to anybody else's."""


@dataclass
class Predicted:
    """One predicted name over the group: predictions that count, and how many came after their measurement."""

    name: str
    what: str
    made: list[Prediction] = field(default_factory=list)
    late: int = 0

    @property
    def measured(self) -> list[Prediction]:
        """Predictions whose value was measured afterwards."""
        return [guess for guess in self.made if guess.measured is not None]

    @property
    def held(self) -> int:
        """How many intervals held what was measured."""
        return sum(guess.hit is True for guess in self.made)

    @property
    def few(self) -> bool:
        """Whether so few can be held against a measurement that only counts are shown."""
        return len(self.measured) < FEW

    @property
    def missed(self) -> float:
        """Share of intervals that did not hold what was measured, 0 to 1."""
        return 1 - self.held / len(self.measured) if self.measured else 0.0

    @property
    def sure(self) -> float:
        """Mean stated confidence of those that can be held against a measurement."""
        return statistics.fmean(guess.confidence for guess in self.measured)

    @property
    def unit(self) -> str:
        """What most of the group wrote as the unit of the measurement; "" where fewer than two wrote the same."""
        words = Counter(" ".join(plain(g.measured.unit, 200).split()) for g in self.measured if g.measured)
        ((unit, times),) = words.most_common(1) or [("", 0)]
        return unit if times > 1 and len(unit) <= _LONGEST_UNIT else ""

    @property
    def typical(self) -> float:
        """The median of what was measured."""
        return statistics.median(guess.measured.value for guess in self.measured if guess.measured)

    @property
    def miss(self) -> str:
        """The typical distance of guess and measurement: a factor where that is at least 2, else a difference."""
        factors = [factor_off(guess) for guess in self.measured]
        known = [factor for factor in factors if factor is not None]
        if len(known) == len(factors) and (factor := statistics.median(known)) >= 2:
            return f"a factor of {factor:,.0f}" if factor >= 10 else f"a factor of {factor:.1f}"
        apart = statistics.median(abs(g.measured.value - g.value) for g in self.measured if g.measured)
        return number(apart) if math.isfinite(apart) else "beyond all bounds"

    @property
    def direction(self) -> str:
        """How many guessed too low and how many too high."""
        low = sum(guess.value < guess.measured.value for guess in self.measured if guess.measured)
        high = sum(guess.value > guess.measured.value for guess in self.measured if guess.measured)
        return ", ".join(f"{n} too {side}" for n, side in ((low, "low"), (high, "high")) if n)

    def to_json(self) -> dict[str, Any]:
        """Plain data for ``--json``."""
        counts = {"predicted": len(self.made), "late": self.late, "measured": len(self.measured)}
        if self.few:
            return {"name": self.name, **counts}
        says = {"held": self.held, "sure": self.sure, "miss": self.miss, "direction": self.direction}
        return {"name": self.name, **counts, **says, "typical": self.typical, "unit": self.unit}


@dataclass
class Decided:
    """One decided name over the group: how many decided, and each choice that may be shown with its count."""

    name: str
    what: str
    made: int = 0
    choices: list[tuple[str, int]] = field(default_factory=list)

    @property
    def others(self) -> int:
        """How many wrote something that nobody else wrote."""
        return self.made - sum(count for _, count in self.choices)

    @property
    def split(self) -> float:
        """Share of those whose choices can be compared that did not go with the largest part, 0 to 1."""
        counts = [count for _, count in self.choices]
        return 1 - max(counts) / sum(counts) if len(counts) > 1 and sum(counts) >= FEW else 0.0

    def to_json(self) -> dict[str, Any]:
        """Plain data for ``--json``."""
        choices = [{"choice": choice, "count": count} for choice, count in self.choices]
        return {"name": self.name, "decided": self.made, "choices": choices, "others": self.others}


def predicted(info: UnitInfo, journals: list[View]) -> list[Predicted]:
    """The unit's predictions, those that missed most first."""
    found = []
    for name in info.predictions:
        guesses = [view.predictions[name] for view in journals if name in view.predictions]
        one = Predicted(name, " ".join(info.journal.get(name, "").split()))
        one.late = sum(guess.late for guess in guesses)
        one.made = sorted((g for g in guesses if not g.late and _sound(g)), key=lambda guess: guess.value)
        found.append(one)
    return sorted(found, key=lambda one: (one.few, -one.missed, -len(one.measured)))


def _sound(guess: Prediction) -> bool:
    """Whether it is a prediction that the journal's own call would have taken: a file can hold anything."""
    numbers = [guess.low, guess.value, guess.high, *([guess.measured.value] if guess.measured else [])]
    return 0 < guess.confidence < 1 and sorted(numbers[:3]) == numbers[:3] and max(map(abs, numbers)) <= _LARGEST


def decided(info: UnitInfo, journals: list[View]) -> list[Decided]:
    """The unit's decisions, those on which the group split most first."""
    found = []
    for name in info.decisions:
        made = [view.decisions[name] for view in journals if name in view.decisions]
        found.append(Decided(name, " ".join(info.journal.get(name, "").split()), len(made), _choices(made)))
    return sorted(found, key=lambda one: -one.split)


def _choices(made: list[Decision]) -> list[tuple[str, int]]:
    """Numbers, and texts that at least two people share: a text of one person alone would be that person's work."""
    if len(made) < FEW:
        return []
    numbers = Counter(_said(choice) for choice in sorted(o.choice for o in made if isinstance(o.choice, int | float)))
    texts: dict[str, list[str]] = {}
    for one in made:
        if isinstance(one.choice, str):
            words = " ".join(plain(one.choice, 200).split())
            texts.setdefault(words.casefold(), []).append(words)
    return [*numbers.items(), *((same[0], len(same)) for same in texts.values() if len(same) > 1)]


def _said(choice: float) -> str:
    return ("yes" if choice else "no") if isinstance(choice, bool) else number(choice)


def percent(share: float) -> str:
    """``78 %``."""
    return f"{100 * share:.0f} %"


def sureness(found: list[Predicted]) -> str:
    """Whether the group was too sure, in one or two sentences; "" with too little to say.

    People predict the same few numbers, so their hits come together. The bound takes the worst case, that all
    predictions of one name stand and fall together: only a larger gap is called more than chance.
    """
    names = [one for one in found if not one.few]
    guesses = [guess for one in names for guess in one.measured]
    if not guesses:
        return ""
    sure = statistics.fmean(guess.confidence for guess in guesses)
    held = sum(guess.hit is True for guess in guesses) / len(guesses)
    spread = [sum(math.sqrt(g.confidence * (1 - g.confidence)) for g in one.measured) for one in names]
    bound = 2 * math.sqrt(sum(s * s for s in spread)) / len(guesses)
    intervals = f"{percent(held)} of {len(guesses)} intervals held what was measured"
    figures = f"On average people were {percent(sure)} sure, and {intervals}"
    if sure - held > bound:
        return f"The group was too sure. {figures}."
    if held - sure > bound:
        return f"The group was not sure enough. {figures}."
    return f"{figures}. That is within what chance gives for predictions of {len(names)} numbers."
