"""Kill criteria: when one is met, and how it reads."""

from __future__ import annotations

from worktest.extend.plan import Kill, Plan
from worktest.extend.results import Estimate


def is_met(kill: Kill, estimate: Estimate | None) -> bool:
    """Whether the result says that the work stops. Without a result, or without the interval that it asks for: no."""
    if estimate is None:
        return False
    if kill.when == "mean below":
        return estimate.mean < kill.value
    if kill.when == "mean above":
        return estimate.mean > kill.value
    end = estimate.high if kill.when == "interval below" else estimate.low
    if end is None:
        return False
    return end < kill.value if kill.when == "interval below" else end > kill.value


def when(kill: Kill, plan: Plan) -> str:
    """``even the upper end of the 95 % interval of main (gain, stranger minus benign) lies below 0.5``."""
    one = plan.comparison_of(kill.comparison)
    what = f"{one.id} ({one.measure}, {one.condition} minus {one.against})"
    side = kill.when.split()[1]
    if kill.when.startswith("mean"):
        return f"the mean of {what} lies {side} {kill.value:g}"
    end = "upper" if side == "below" else "lower"
    return f"even the {end} end of the 95 % interval of {what} lies {side} {kill.value:g}"
