"""What is counted while people work: how long each thing took them, how often it failed, and with which words."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from worktest.safe import plain


@dataclass
class Tally:
    """Seconds of each attempt that worked, by kind; of each time one had to try again, until it worked; what failed."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    waited: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    failed: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    last_failure: float = 0.0

    def worked(self, kind: str, seconds: float) -> None:
        """An attempt that worked."""
        self.seconds[kind].append(seconds)

    def fails(self, kind: str, why: object) -> None:
        """An attempt that failed, and what the person was told."""
        self.failed[kind][plain(" ".join(str(why).split()), 200)] += 1
        self.last_failure = time.monotonic()

    def to_json(self) -> dict[str, Any]:
        """Plain data: for each kind how many, median, 95th percentile, worst; retries; failures by their words."""
        kinds = [*self.seconds, *(kind for kind in self.failed if kind not in self.seconds)]
        return {
            kind: {
                **spread(self.seconds[kind]),
                "failed": sum(self.failed[kind].values()),
                "longest_until_it_worked": max(self.waited[kind], default=None),
                "told": dict(self.failed[kind].most_common(5)),
            }
            for kind in kinds
        }


def spread(values: list[float]) -> dict[str, float | int | None]:
    """How many, the median, the 95th percentile (nearest rank) and the largest."""
    ordered = sorted(values)
    if not ordered:
        return {"n": 0, "median": None, "p95": None, "worst": None}

    def rank(share: float) -> float:
        return ordered[max(0, -(-int(share * 100) * len(ordered) // 100) - 1)]

    return {"n": len(ordered), "median": rank(0.5), "p95": rank(0.95), "worst": ordered[-1]}
