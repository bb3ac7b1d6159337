"""The pictures of the progress page, as PNG bytes: points over time, calibration, own times against the cards.

Drawn without pyplot, so that nothing of a running notebook changes. Labels hold only names that units give
(numbers, ids), readable in grey: series differ by marker and dash, not by colour alone.
"""

from __future__ import annotations

import datetime as dt
import io
import math
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, date2num
from matplotlib.figure import Figure

from worktest import evidence, journal, paths, times
from worktest.safe import counted

_INK, _ACCENT, _PALE = "#222222", "#1f4e79", "#9a9a9a"
_STYLES = [("o", "-"), ("s", "--"), ("^", ":"), ("D", "-."), ("v", "-"), ("P", "--"), ("X", ":"), ("*", "-.")]
MOST_CELLS = 60
_BINS = 5
_Z = 1.96


def points_png(points: list[tuple[str, dt.datetime, float]]) -> bytes | None:
    """Share of each unit's points, attempt by attempt; None without an attempt."""
    if not points:
        return None
    units = sorted({unit for unit, _, _ in points})
    figure, axes = _axes(max(3.2, 0.9 + 0.25 * len(units)))
    for number, unit in enumerate(units):
        mine = [(date2num(time.astimezone()), 100 * share) for name, time, share in points if name == unit]
        marker, dash = _STYLES[number % len(_STYLES)]
        x, y = zip(*mine, strict=True)
        color = _ACCENT if number % 2 == 0 else _INK
        axes.plot(x, y, marker=marker, linestyle=dash, color=color, label=f"unit {unit[:2]}", clip_on=False)
    days = [date2num(time.astimezone()) for _, time, _ in points]
    if max(days) - min(days) < 1:  # all on one day: a scale of seconds would say nothing
        axes.set_xlim(min(days) - 1, max(days) + 1)
    locator = AutoDateLocator(maxticks=11)
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))
    axes.set_ylim(0, 105)
    axes.set_ylabel("points (% of the unit's)")
    axes.set_xlabel("date of the attempt")
    axes.set_title(f"{counted(len(points), 'graded attempt')} in {counted(len(units), 'unit')}", loc="left")
    axes.legend(loc="upper left", bbox_to_anchor=(1.01, 1.0), frameon=False)
    return _png(figure)


def times_png(cells: list[times.CellTime]) -> bytes | None:
    """Own minutes beside the card's, cell by cell; None without a timed cell."""
    if not cells:
        return None
    shown = cells[-MOST_CELLS:]
    figure, axes = _axes(1.3 + 0.3 * len(shown))
    rows = range(len(shown))
    axes.hlines(rows, [c.card for c in shown], [c.minutes for c in shown], color=_PALE, linewidth=2, zorder=1)
    axes.plot([c.card for c in shown], rows, "D", mfc="white", mec=_INK, ms=6.5, label="the card", clip_on=False)
    axes.plot([c.minutes for c in shown], rows, "o", color=_ACCENT, ms=7, label="you", clip_on=False)
    axes.set_yticks(list(rows), [f"{c.unit[:2]} {c.cell[:34]}" for c in shown])
    axes.set_ylim(len(shown) - 0.4, -0.6)
    axes.set_xlim(left=0)
    axes.set_xlabel("minutes to the first green check")
    axes.set_title(f"Your times are {times.typical_ratio(cells):.1f} times the cards' (median)", loc="left")
    axes.legend(loc="upper left", bbox_to_anchor=(1.01, 1.0), frameon=False)
    return _png(figure)


def calibration_png(workspace: Path) -> bytes | None:
    """How often what you gave a probability was true: claims of first sittings, and intervals of predictions."""
    claims: list[tuple[float, bool]] = []
    intervals: list[tuple[float, bool]] = []
    for name in paths.units_in(workspace):
        folder = workspace / name
        try:
            claims += evidence.nuance(folder).claims
            made = journal.view(folder).predictions.values()
        except OSError:
            continue  # the page's list of problems names it
        intervals += [(p.confidence, p.hit) for p in made if p.hit is not None and 0 < p.confidence < 1]
    if not claims and not intervals:
        return None
    figure, axes = _axes(3.9, width=6.2)
    axes.plot([0, 100], [0, 100], color=_PALE, linestyle="--", linewidth=1, label="perfect calibration")
    _binned(axes, claims, "o", _ACCENT, "claims", -1.0)
    _binned(axes, intervals, "s", _INK, "prediction intervals", 1.0)
    axes.set_xlim(-4, 104)
    axes.set_ylim(-4, 108)
    axes.set_yticks(range(0, 101, 20))
    axes.set_xlabel("how sure you were (%)")
    axes.set_ylabel("how often it was so (%)")
    what = f"{counted(len(claims), 'claim')} and {counted(len(intervals), 'prediction')}"
    axes.set_title(f"{what}, with 95 % intervals", loc="left")
    axes.legend(loc="upper left", bbox_to_anchor=(1.01, 1.0), frameon=False)
    return _png(figure)


def _binned(axes: Axes, points: list[tuple[float, bool]], marker: str, color: str, label: str, aside: float) -> None:
    """The points in bins of a fifth, each with its Wilson interval and the number in it."""
    first = True
    for number in range(_BINS):
        inside = [(p, true) for p, true in points if min(int(p * _BINS), _BINS - 1) == number]
        if not inside:
            continue
        n, share = len(inside), sum(true for _, true in inside) / len(inside)
        x = 100 * sum(p for p, _ in inside) / n + aside
        low, high = wilson(share, n)
        bars = [[100 * (share - low)], [100 * (high - share)]]
        axes.errorbar([x], [100 * share], yerr=bars, fmt=marker, color=color, capsize=3, label=label if first else None)
        axes.annotate(f" {n}", (x, 100 * share), color=color, fontsize=8, xytext=(3, 4), textcoords="offset points")
        first = False


def wilson(share: float, n: int) -> tuple[float, float]:
    """Wilson's 95 % interval for a share seen in ``n`` cases."""
    middle = (share + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
    half = _Z * math.sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2)) / (1 + _Z**2 / n)
    return max(min(middle - half, share), 0.0), min(max(middle + half, share), 1.0)


def _axes(height: float, width: float = 7.4) -> tuple[Figure, Axes]:
    figure = Figure(figsize=(width, height), layout="constrained")
    axes = figure.subplots()
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="x", color="#e4e4e4", linewidth=0.6)
    axes.set_axisbelow(True)
    return figure, axes


def _png(figure: Figure) -> bytes:
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=130, facecolor="white", bbox_inches="tight", pad_inches=0.08)
    return buffer.getvalue()
