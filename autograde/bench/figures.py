"""The arithmetic: ratios with their intervals, and where the two sides' scores differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from autograde.bench.block import Side

_SAME = 0.005
"""Points that differ by less are the same: both sides round to two digits."""


@dataclass(frozen=True)
class Ratio:
    """Seconds of nbgrader for a submission over ours, with a 95 % interval; None where there is too little for one.

    ``stock_n`` and ``ours_n`` count the numbers behind the interval: submissions, or blocks where only those are timed.
    """

    value: float
    low: float | None
    high: float | None
    stock_n: int
    ours_n: int

    def to_json(self) -> dict[str, Any]:
        """Plain data for ``--json``."""
        return dict(self.__dict__)


def ratio(stock: Side, ours: Side, *, seed: int = 0) -> Ratio:
    """How many times as long as ours nbgrader takes for a submission.

    The interval is a percentile bootstrap of the ratio of means, each side's submissions drawn anew on their own. Kinds
    take very different times and are drawn along, so it is rather too wide for a class of a fixed mix.
    """
    value = (stock.seconds / stock.count) / (ours.seconds / ours.count)
    low, high = interval(stock.sample, ours.sample, seed=seed)
    return Ratio(value, low, high, len(stock.sample), len(ours.sample))


def interval(above: Sequence[float], below: Sequence[float], *, seed: int = 0) -> tuple[float | None, float | None]:
    """A 95 % bootstrap interval of ``mean(above) / mean(below)``; (None, None) when one has fewer than two numbers."""
    from scipy.stats import bootstrap

    if min(len(above), len(below)) < 2:
        return None, None
    drawn = bootstrap(
        (np.asarray(above), np.asarray(below)),
        lambda a, b, axis: np.mean(a, axis=axis) / np.mean(b, axis=axis),
        vectorized=True,
        paired=False,
        method="percentile",
        random_state=np.random.default_rng(seed),
    )
    return float(drawn.confidence_interval.low), float(drawn.confidence_interval.high)


@dataclass(frozen=True)
class Disagreement:
    """A graded cell of a submission for which the two sides give different points; None: our side gave none."""

    student: str
    topic: str
    stock: float
    ours: float | None
    why: str = ""

    def to_json(self) -> dict[str, Any]:
        """Plain data for ``--json``."""
        return dict(self.__dict__)


@dataclass
class Compared:
    """The scores cell by cell: how many cells both gave points for, how many the same, and all that is not so.

    ``undefined`` holds the cells for which nbgrader gives no points, as (student, topic, why).
    """

    cells: int = 0
    same: int = 0
    disagreements: list[Disagreement] = field(default_factory=list)
    undefined: list[tuple[str, str, str]] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """Plain data for ``--json``."""
        return {
            "cells": self.cells,
            "same": self.same,
            "disagreements": [found.to_json() for found in self.disagreements],
            "undefined": [{"student": s, "topic": t, "why": why} for s, t, why in self.undefined],
        }


def compare(stock: Side, ours: Side, topics: Sequence[str]) -> Compared:
    """Hold the points of every submission that both sides were given against each other."""
    found = Compared()
    mine = ours.scores
    for student, points in stock.scores.items():
        if student not in mine:
            continue
        for topic in topics:
            theirs, own = points.get(topic), mine[student].get(topic)
            if theirs is None:
                found.undefined.append((student, topic, stock.failed.get(student) or "its gradebook has no points"))
            elif own is None:
                why = ours.failed.get(student) or "our gradebook has no points"
                found.disagreements.append(Disagreement(student, topic, theirs, None, why))
            else:
                found.cells += 1
                if abs(theirs - own) < _SAME:
                    found.same += 1
                else:
                    why = stock.notes.get((student, topic), "")
                    found.disagreements.append(Disagreement(student, topic, theirs, own, why))
    return found
