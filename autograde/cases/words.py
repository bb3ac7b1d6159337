"""How a scenario's discussion writes its numbers: shares as percentage points with one digit, and never "-0.0"."""

from __future__ import annotations

from autograde.cases.scenario import Experiment, Number


def tenth(share: float) -> str:
    """A share as percentage points: ``0.0414`` as ``4.1``."""
    return f"{round(100 * share, 1) + 0.0:.1f}"


def points(number: Number, ends: bool = True) -> str:
    """A number with its first accepted interval: ``4.0 points (0.2 to 7.8)``; without ``ends`` only ``4.0 points``."""
    value, low, high = (tenth(share) for share in (number.value, *number.intervals[0]))
    return f"{value} points ({low} to {high})" if ends else f"{value} points"


def chance(experiment: Experiment, truth: str) -> str:
    """How probable an experiment's outcome is under an explanation: ``87 %``."""
    return f"{100 * experiment.chances[truth]:.0f} %"
