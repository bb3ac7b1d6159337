"""One picture for each predicted name, as PNG bytes: the group's intervals against what was measured. No names.

Drawn without pyplot and readable in grey: what held and what missed differ by line and marker, not by colour alone.
"""

from __future__ import annotations

import io
import math
import statistics
import textwrap

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from autograde.report.guesses import Predicted
from worktest.interview.binding import number
from worktest.safe import counted

_INK, _PALE = "#222222", "#8a8a8a"
_FAR = 12.0
"""What lies farther out than this many times the group's usual distance is drawn at the border, and counted."""
_DECADES = 2.0
"""Values above zero that span more than this many powers of ten are drawn on a logarithmic axis."""


def intervals_png(one: Predicted) -> bytes | None:
    """The picture of one predicted name; None where fewer people than may be shown measured it."""
    if one.few:
        return None
    guesses = one.measured
    low, high, log = _range(one)
    figure = Figure(figsize=(4.6, 1.7 + min(0.2 * len(guesses), 3.6)), layout="constrained")
    axes = figure.subplots()
    if log:
        axes.set_xscale("log")
    else:
        axes.xaxis.set_major_locator(MaxNLocator(6))
    beyond = 0
    for row, guess in enumerate(guesses):
        ends = [min(max(value, low), high) for value in (guess.low, guess.high)]
        beyond += guess.low < low or guess.high > high
        axes.plot(ends, [row, row], color=_INK if guess.hit else _PALE, linewidth=2.4 if guess.hit else 1.2,
                  linestyle="-" if guess.hit else (0, (4, 1.5)), solid_capstyle="butt")  # fmt: skip
        _ends(axes, (guess.low, guess.high), low, high, row)
        at = min(max(guess.value, low), high)
        axes.plot([at], [row], "o", ms=6, mfc=_INK if guess.hit else "white", mec=_INK, clip_on=False)
        if guess.measured:
            at = min(max(guess.measured.value, low), high)
            axes.plot([at], [row], "|", ms=13, mew=2, color=_INK, clip_on=False)
    axes.set_xlim(low, high)
    axes.set_ylim(-0.8, len(guesses) - 0.2)
    axes.set_yticks([])
    axes.set_ylabel("one line per person", fontsize=9)
    axes.spines[["top", "right", "left"]].set_visible(False)
    label = one.unit or one.name
    label += f"; {counted(beyond, 'interval')} beyond the axis" if beyond else ""
    axes.set_xlabel("\n".join(textwrap.wrap(label, 58)), parse_math=False, fontsize=9)
    axes.set_title(f"{one.name}\n{finding(one)}", loc="left", fontsize=10, parse_math=False)
    _key(figure, axes)
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=150, facecolor="white")
    return buffer.getvalue()


def finding(one: Predicted) -> str:
    """What the picture shows, in one line."""
    return f"{one.held} of {len(one.measured)} intervals held what was measured, about {number(one.typical)}"


def _key(figure: Figure, axes: Axes) -> None:
    axes.plot([], [], "o-", color=_INK, linewidth=2.4, ms=6, label="held it")
    axes.plot([], [], "o", linestyle=(0, (4, 1.5)), color=_PALE, mfc="white", mec=_INK, ms=6, label="did not")
    axes.plot([], [], "|", color=_INK, ms=11, mew=2, linestyle="", label="measured")
    figure.legend(handles=axes.lines[-3:], loc="outside lower center", ncols=3, frameon=False, fontsize=8.5)


def _ends(axes: Axes, ends: tuple[float, float], low: float, high: float, row: int) -> None:
    """Small strokes where the interval ends, arrows where it goes on beyond the axis."""
    for value in ends:
        if value < low:
            axes.plot([low], [row], "<", ms=5, color=_PALE, clip_on=False)
        elif value > high:
            axes.plot([high], [row], ">", ms=5, color=_PALE, clip_on=False)
        else:
            axes.plot([value], [row], "|", ms=5, mew=1, color=_INK, clip_on=False)


def _range(one: Predicted) -> tuple[float, float, bool]:
    """The axis: from where to where, and whether it is logarithmic. Far outliers stay out of it."""
    every = [v for g in one.measured for v in (g.low, g.value, g.high, g.measured.value if g.measured else g.value)]
    middle = [v for g in one.measured for v in (g.value, g.measured.value if g.measured else g.value)]
    if min(middle) > 0:
        low, high = _around([math.log10(v) for v in middle], [math.log10(v) for v in every if v > 0])
        if high - low > _DECADES:
            pad = 0.1 * (high - low)
            return 10 ** (low - pad), 10 ** (high + pad), True
    low, high = _around(middle, every)
    pad = 0.06 * (high - low) or max(abs(high), 1.0) * 0.1
    return low - pad, high + pad, False


def _around(middle: list[float], every: list[float]) -> tuple[float, float]:
    """The span of ``every`` without what lies far outside of ``middle``'s own spread."""
    centre = statistics.median(middle)
    apart = sorted(abs(v - centre) for v in middle)
    usual = apart[(3 * len(apart)) // 4] or max(apart) or abs(centre) or 1.0
    near = [v for v in every if abs(v - centre) <= _FAR * usual]
    return min([*near, centre]), max([*near, centre])
