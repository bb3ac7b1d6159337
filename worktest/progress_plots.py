"""The pictures of the progress page, as PNG bytes: points over time, calibration, own times against the cards.

Drawn without pyplot, so that nothing of a running notebook changes. Labels hold only names that units give
(numbers, ids), readable in grey: series differ by marker and dash, not by colour alone.
"""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, date2num
from matplotlib.figure import Figure

from worktest import calibration, times
from worktest.safe import counted

_INK, _ACCENT, _PALE = "#222222", "#1f4e79", "#9a9a9a"
_STYLES = [("o", "-"), ("s", "--"), ("^", ":"), ("D", "-."), ("v", "-"), ("P", "--"), ("X", ":"), ("*", "-.")]
MOST_CELLS = 60


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
    """How often what you gave a probability came true (:mod:`worktest.calibration`); None without such a statement."""
    points = calibration.gather(workspace)
    if not points:
        return None
    figure, axes = _axes(3.9, width=6.2)
    calibration.draw(axes, points)
    return _png(figure)


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
