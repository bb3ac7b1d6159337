"""The figures of @NAME@: each public function draws one, and `worktest extend build` saves it as figures/FUNCTION.png.

A function gets the research folder: `research.plan()`, `research.results()`. It returns the figure. Helpers begin with
an underscore.
"""

from textwrap import fill

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from worktest.extend.folder import Research
from worktest.extend.plan import Comparison, Measure
from worktest.extend.results import Estimate

COMPARISON = "main"  # which [[comparison]] of plan.toml


def main(research: Research) -> Figure:
    """Each seed as a point, each mean with its 95 % interval; beside them the difference that the claim rests on."""
    plan, results = research.plan(), research.results()
    comparison = plan.comparison_of(COMPARISON)
    measure = plan.measure_of(comparison.measure)
    difference = results.difference(comparison.condition, comparison.against, measure.id)
    if difference is None:
        raise ValueError(f"{comparison.condition} and {comparison.against} have no seed in common yet")
    figure, (left, right) = plt.subplots(1, 2, figsize=(6.4, 3.0), width_ratios=(1.8, 1), layout="constrained")
    there = [c.id for c in plan.condition if results.values(c.id, measure.id)]
    for place, condition in enumerate(there):
        _points(left, place, list(results.values(condition, measure.id).values()), "o")
        _mean(left, place, results.estimate(condition, measure.id))
    left.set_xticks(range(len(there)), [name.replace("-", "-\n") for name in there])
    left.set_xlim(-0.5, len(there) - 0.5)
    left.set_xlabel("condition (a point is a seed)")
    left.set_ylabel(fill(f"{measure.id} ({measure.unit})", 30))

    one = results.values(comparison.condition, measure.id)
    other = results.values(comparison.against, measure.id)
    _points(right, 0, [one[seed] - other[seed] for seed in one if seed in other], "D")
    _mean(right, 0, difference)
    right.axhline(0, color="black", linewidth=0.8)
    right.set_xticks([0], [fill(f"{comparison.condition} minus {comparison.against}", 22)])
    right.set_xlim(-0.6, 0.6)
    right.set_xlabel("paired by seed")
    right.set_ylabel(fill(f"difference ({measure.unit})", 30))
    figure.suptitle(fill(_finding(comparison, measure, difference), 72), fontsize=10)
    return figure


def _points(axes: Axes, place: float, values: list[float], marker: str) -> None:
    """One open grey mark for each seed, beside the mean."""
    across = [place - 0.22 + 0.12 * (n % 2) for n in range(len(values))]
    axes.scatter(across, values, marker=marker, s=22, facecolors="none", edgecolors="0.45", linewidths=1)


def _mean(axes: Axes, place: float, estimate: Estimate | None) -> None:
    """The mean as a black square with its 95 % interval."""
    if estimate is None:
        return
    below = above = 0.0
    if estimate.low is not None and estimate.high is not None:
        below, above = estimate.mean - estimate.low, estimate.high - estimate.mean
    axes.errorbar(
        [place + 0.12], [estimate.mean], yerr=[[below], [above]], fmt="s", color="black", markersize=5, capsize=4
    )


def _finding(comparison: Comparison, measure: Measure, difference: Estimate) -> str:
    """What the figure shows, in one line. Put your own words here; they must stay true when the numbers change."""
    size = f"{difference.show(difference.mean)} ({measure.unit}, n = {difference.n} seeds)"
    if difference.low is None or difference.high is None or difference.low <= 0 <= difference.high:
        return f"{comparison.condition} and {comparison.against} are not told apart: {size}"
    direction = "above" if difference.mean > 0 else "below"
    return f"{comparison.condition} lies {direction} {comparison.against}: {size}"
