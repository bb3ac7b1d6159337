"""What a learner says to a case: numbers, probabilities, an experiment, and how its result would move them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from worktest.cases.sheet import Sheet
from worktest.errors import UserError
from worktest.safe import finite

SUM_SLACK = 0.0101
"""Probabilities are said in whole percent: three times 33 % may pass."""


@dataclass(frozen=True)
class Answer:
    """An answer to one case. Probabilities are from 0 to 1 and sum to 1; ``lean`` is an explanation that they favour.

    ``numbers``: (value,) or (value, low, high) by name; a number that was left out is missing. ``if_yes`` and
    ``if_no``: the probability of ``lean`` if the chosen experiment's outcome comes, and if it does not.
    """

    numbers: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    probabilities: Mapping[str, float] = field(default_factory=dict)
    lean: str = ""
    experiment: str = ""
    if_yes: float | None = None
    if_no: float | None = None

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "numbers": {name: list(given) for name, given in self.numbers.items()},
            "probabilities": dict(self.probabilities),
            "lean": self.lean,
            "experiment": self.experiment,
            "if_yes": self.if_yes,
            "if_no": self.if_no,
        }


def answer_of(sheet: Sheet, data: Mapping[str, Any]) -> Answer:
    """An answer from plain data, held against what the case asks. Raises UserError (what, and what is wanted)."""
    if not isinstance(data, Mapping):
        raise UserError("an answer is a dict with numbers, probabilities, experiment, if_yes and if_no")
    if odd := sorted(set(map(str, data)) - set(Answer.__dataclass_fields__)):
        raise UserError(f"an answer has no part {odd[0]!r}; there are: {', '.join(Answer.__dataclass_fields__)}")
    numbers = numbers_of(sheet, data.get("numbers") or {})
    probabilities = probabilities_of(sheet, data.get("probabilities") or {})
    lean = lean_of(probabilities, str(data.get("lean") or ""))
    experiment = str(data.get("experiment") or "")
    if experiment not in (names := [e.id for e in sheet.experiments]):
        raise UserError(f"experiment: choose one of {', '.join(names)}, not {experiment[:40]!r}")
    yes, no = (probability_of(data.get(key), key) for key in ("if_yes", "if_no"))
    return Answer(numbers, probabilities, lean, experiment, yes, no)


def numbers_of(sheet: Sheet, given: Mapping[str, Any]) -> dict[str, tuple[float, ...]]:
    """The numbers by name. Raises UserError for an unknown name, or a value of another shape than asked."""
    asked = {ask.id: ask for ask in sheet.numbers}
    if odd := [str(name) for name in given if name not in asked]:
        raise UserError(f"numbers: none is called {odd[0][:40]!r}; asked are {', '.join(asked)}")
    return {name: number_of(asked[name].interval, value, name) for name, value in given.items() if value is not None}


def number_of(interval: bool, value: Any, name: str) -> tuple[float, ...]:
    """One number: (value,) or (value, low, high). Raises UserError for anything else."""
    items = list(value) if isinstance(value, list | tuple) else [value]
    found = tuple(number for item in items if (number := finite(_plain(item))) is not None)
    wanted = (
        "a value and the two ends of its interval, e.g. (0.04, -0.01, 0.09)" if interval else "one value, e.g. 0.04"
    )
    if len(found) != len(items) or len(found) != (3 if interval else 1):
        raise UserError(f"{name}: it takes {wanted}")
    if interval and not found[1] <= found[0] <= found[2]:
        raise UserError(f"{name}: the value {found[0]:g} lies outside its interval {found[1]:g} to {found[2]:g}")
    return found


def probabilities_of(sheet: Sheet, given: Mapping[str, Any]) -> dict[str, float]:
    """A probability for each explanation, made to sum to exactly 1. Raises UserError when it is not about 1."""
    names = [option.id for option in sheet.explanations]
    if odd := [str(name) for name in given if name not in names]:
        raise UserError(f"probabilities: no explanation is called {odd[0][:40]!r}; there are {', '.join(names)}")
    if missing := [name for name in names if given.get(name) is None]:
        raise UserError(f"probabilities: one for each explanation; {', '.join(missing)} has none")
    found = {name: probability_of(given[name], name) for name in names}
    total = sum(found.values())
    if abs(total - 1) > SUM_SLACK:
        raise UserError(f"probabilities: they sum to {total:.2f}; one of the explanations is true, so they sum to 1")
    return {name: p / total for name, p in found.items()}


def probability_of(value: Any, name: str) -> float:
    """A number from 0 to 1. Raises UserError for anything else."""
    number = finite(_plain(value), 0, 1)
    if number is None:
        raise UserError(f"{name}: a probability is a number from 0 to 1 (0.7 for 70 %), not {str(value)[:20]!r}")
    return number


def favourites(probabilities: Mapping[str, float]) -> list[str]:
    """The explanations with the highest probability: one, or several that tie."""
    top = max(probabilities.values())
    return [name for name, p in probabilities.items() if p >= top - 1e-9]


def lean_of(probabilities: Mapping[str, float], said: str) -> str:
    """The favourite that the change of mind is about. Raises UserError when several tie and none was named."""
    best = favourites(probabilities)
    if said in best or (not said and len(best) == 1):
        return said or best[0]
    if said:
        raise UserError(
            f"lean: {said[:40]!r} is not what you give the highest probability; that is {' or '.join(best)}"
        )
    raise UserError(
        f"lean: {' and '.join(best)} are equally probable for you; say which one your change of mind is about"
    )


def _plain(value: Any) -> Any:
    """A number of numpy or torch as a plain one."""
    return value.item() if hasattr(value, "item") and getattr(value, "size", 1) in (1, ()) else value
