"""What a reader who knows the generator would believe: probabilities of the four explanations from a case's features.

A multinomial logistic regression on the features and their squares, fitted to cases drawn from each truth
(``autograde cases fit``) and kept in ``reference.json`` beside the scenarios. It scores nothing by itself: it says
which experiment is worth its price, and shows the learner afterwards how far the data go.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy import optimize

from autograde.cases.draw import whole_case
from autograde.cases.scenario import PREFIX, Case, Scenario
from autograde.paths import solutions
from worktest.errors import UserError

FILE = "reference.json"
DRAWS = 400
"""Cases of each truth that a fit is made from."""
FLOOR = 0.01
"""No explanation is given less: the fit is not the truth."""
_CLIP = 4.0
_RIDGE = 0.5


@dataclass(frozen=True)
class Reference:
    """The fit of one scenario: names of features, their centre and scale, one row of weights an explanation."""

    truths: tuple[str, ...]
    names: tuple[str, ...]
    centre: np.ndarray
    scale: np.ndarray
    weights: np.ndarray

    def beliefs(self, case: Case) -> dict[str, float]:
        """Probability of each explanation of ``case``, summing to 1."""
        rows = self._design(np.array([[case.features[name] for name in self.names]]))
        shares = _softmax(rows @ self.weights.T)[0]
        floored = FLOOR + (1 - FLOOR * len(shares)) * shares
        return {name: float(p) for name, p in zip(self.truths, floored, strict=True)}

    def _design(self, features: np.ndarray) -> np.ndarray:
        z = np.clip((features - self.centre) / self.scale, -_CLIP, _CLIP)
        return np.hstack([np.ones((len(z), 1)), z, z**2])

    def to_json(self) -> dict[str, Any]:
        """Plain data, rounded so that it is the same on every machine."""
        return {
            "truths": list(self.truths),
            "names": list(self.names),
            "centre": [_short(v) for v in self.centre],
            "scale": [_short(v) for v in self.scale],
            "weights": [[_short(v) for v in row] for row in self.weights],
        }

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Reference:
        """From what :meth:`to_json` gave."""
        arrays = (np.array(data[key], float) for key in ("centre", "scale", "weights"))
        return cls(tuple(data["truths"]), tuple(data["names"]), *arrays)


def fit(scenario: Scenario, draws: int = DRAWS, seed: int = 6) -> Reference:
    """Fit a scenario's reference to ``draws`` cases of each truth."""
    rng = np.random.default_rng(seed)
    cases = [(k, whole_case(scenario, truth, rng)) for k, truth in enumerate(scenario.truths) for _ in range(draws)]
    names = tuple(cases[0][1].features)
    rows = np.array([[case.features[name] for name in names] for _, case in cases])
    labels = np.array([k for k, _ in cases])
    scale = rows.std(0)
    blank = Reference(scenario.truths, names, rows.mean(0), np.where(scale > 0, scale, 1.0), np.zeros((0, 0)))
    design, count = blank._design(rows), len(scenario.truths)
    hot = np.eye(count)[labels]

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights = flat.reshape(count, -1)
        p = _softmax(design @ weights.T)
        penalty = _RIDGE * (weights[:, 1:] ** 2).sum()
        slope = (p - hot).T @ design
        slope[:, 1:] += 2 * _RIDGE * weights[:, 1:]
        return float(-np.log(np.maximum(p[np.arange(len(p)), labels], 1e-12)).sum() + penalty), slope.ravel()

    found = optimize.minimize(loss, np.zeros(count * design.shape[1]), jac=True, method="L-BFGS-B")
    return Reference(blank.truths, names, blank.centre, blank.scale, found.x.reshape(count, -1))


def read(unit: str) -> dict[str, Reference]:
    """The references of a unit by scenario. Raises UserError when the file is missing or damaged."""
    path = solutions() / unit / FILE
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return {name: Reference.of(part) for name, part in data["scenarios"].items()}
    except FileNotFoundError:
        raise UserError(f"{path} is missing: `autograde cases fit {unit[:2]}` makes it") from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UserError(
            f"{path} can't be read ({type(error).__name__}): `autograde cases fit {unit[:2]}` makes it anew"
        ) from None


def digest_of(path: Path) -> str:
    """A short hash of a scenario's file: a fit is stale when it differs."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def stale(unit: str) -> list[str]:
    """Scenarios whose file has changed since the fit, or that have none."""
    folder = solutions() / unit
    try:
        known = json.loads((folder / FILE).read_text(encoding="utf-8"))["digests"]
    except (OSError, ValueError, KeyError):
        known = {}
    paths = sorted(folder.glob(f"{PREFIX}*.py"))
    return [path.stem.removeprefix(PREFIX) for path in paths if known.get(path.name) != digest_of(path)]


def bits(experiment_chances: Mapping[str, float], beliefs: Mapping[str, float]) -> float:
    """Mutual information, in bits, of an experiment's outcome and the truth, under ``beliefs``."""
    p = sum(beliefs[name] * chance for name, chance in experiment_chances.items())
    left = sum(beliefs[name] * _entropy(chance) for name, chance in experiment_chances.items())
    return max(_entropy(p) - left, 0.0)  # and not -0.0 by rounding


def _entropy(p: float) -> float:
    return float(-sum(x * np.log2(x) for x in (p, 1 - p) if x > 0))


def _softmax(logits: np.ndarray) -> np.ndarray:
    shifted = np.exp(logits - logits.max(1, keepdims=True))
    return shifted / shifted.sum(1, keepdims=True)


def _short(value: float) -> float:
    return float(f"{value:.5g}")
