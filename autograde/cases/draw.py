"""Draw a sitting's cases: the same for the same course secret and nonce, unknown to who lacks the secret."""

from __future__ import annotations

import hashlib
import hmac
import random
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from autograde.cases.scenario import Case, Scenario, problems_of, scenarios_of
from worktest.errors import UserError

_TRIES = 5


@dataclass(frozen=True)
class Drawn:
    """A case of a sitting, the scenario it is of, and by experiment whether its outcome would come."""

    scenario: Scenario
    case: Case
    outcomes: Mapping[str, bool]


def seed_of(secret: bytes, nonce: str, name: str) -> int:
    """The seed of one scenario in one sitting: an HMAC of the course secret."""
    digest = hmac.new(secret, f"case\0{nonce}\0{name}".encode(), hashlib.sha256).digest()
    return int.from_bytes(digest[:8], "little") >> 1


def choose(names: list[str], count: int, secret: bytes, nonce: str) -> list[str]:
    """``count`` of the scenarios ``names``, in the order in which they are sat."""
    return random.Random(seed_of(secret, nonce, "")).sample(sorted(names), count)


def whole_case(scenario: Scenario, truth: str, rng: np.random.Generator) -> Case:
    """A case of ``truth`` in which every number can be inferred.

    Once in a thousand draws chance makes data without any spread, for instance six runs with equal counts: those are
    drawn again. Raises UserError when that does not help, since then the scenario is at fault.
    """
    for _ in range(_TRIES):
        case = scenario.draw(truth, rng)
        if not (wrong := problems_of(scenario, case)):
            return case
    raise UserError(f"scenario {scenario.id}, truth {truth!r}: {wrong[0]}")


def draw(scenario: Scenario, seed: int) -> Drawn:
    """One case: the truth with equal chances, then data, then what each experiment would show.

    Raises UserError when the scenario makes something that is no whole case.
    """
    rng = np.random.default_rng(seed)
    truth = scenario.truths[int(rng.integers(len(scenario.truths)))]
    case = whole_case(scenario, truth, rng)
    outcomes = {e.id: bool(rng.random() < e.chances[truth]) for e in case.experiments}
    return Drawn(scenario, case, outcomes)


def draw_named(unit: str, name: str, secret: bytes, nonce: str) -> Drawn:
    """The case of scenario ``name`` in the sitting ``nonce``. Raises UserError for an unknown name."""
    known = scenarios_of(unit)
    if name not in known:
        raise UserError(f"{unit} has no scenario {name!r}; there are: {', '.join(known) or 'none'}")
    return draw(known[name], seed_of(secret, nonce, name))
