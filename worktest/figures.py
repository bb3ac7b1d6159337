"""Describe a drawn figure as plain data, so that a check can look at it without a picture."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

_MAX_POINTS = 10_000
_MAX_TICKS = 200


def drawn_by(function: Callable[..., Any], *args: Any, **kwargs: Any) -> dict[str, Any]:
    """Call a plotting function and describe the first axes of the figure it drew.

    The function may return the axes or the figure; otherwise the figure it left as the current one is taken.
    Figures that it opened are closed again. Raises ValueError when nothing was drawn.
    """
    import matplotlib.pyplot as plt

    # A notebook's backend is loaded by the first figure, and turns the showing of plots on. Loaded within ioff(), that
    # is undone again at its end, and no plot of the notebook shows any more.
    plt.close(plt.figure())
    before = set(plt.get_fignums())
    with plt.ioff():
        result = function(*args, **kwargs)
        opened = [number for number in plt.get_fignums() if number not in before]
        try:
            figure = _figure_of(result)
            if figure is None and opened:
                figure = plt.figure(opened[-1])
            if figure is None or not figure.axes:
                raise ValueError("it drew no axes; return the axes that you drew on")
            axes = result if hasattr(result, "get_xlabel") else figure.axes[0]
            return describe_axes(axes)
        finally:
            for number in opened:
                plt.close(number)


def _figure_of(result: Any) -> Any:
    if isinstance(result, tuple | list) and result:
        return _figure_of(result[0])
    if hasattr(result, "get_figure"):
        return result.get_figure()
    if hasattr(result, "axes") and hasattr(result, "savefig"):
        return result
    return None


def _points(values: Any) -> list[float]:
    return [float(v) for v in np.asarray(values, dtype=float).ravel()[:_MAX_POINTS]]


def describe_axes(axes: Any) -> dict[str, Any]:
    """Labels, scales, ticks across, the ends of the upright axis, lines with their data, error bars, bars and legend
    texts of one matplotlib axes.
    """
    from matplotlib.container import BarContainer, ErrorbarContainer

    in_errorbars: set[int] = set()
    errorbars: list[dict[str, Any]] = []
    for container in axes.containers:
        if isinstance(container, ErrorbarContainer):
            data_line, caps, segments = container.lines
            in_errorbars.update(id(line) for line in (data_line, *caps) if line is not None)
            low_high = [
                [[float(a), float(b)] for a, b in np.asarray(segment)] for s in segments for segment in s.get_segments()
            ]
            errorbars.append({"label": str(container.get_label()), "segments": low_high})
            if data_line is not None:
                errorbars[-1]["x"] = _points(data_line.get_xdata(orig=False))  # names across are numbers by now
                errorbars[-1]["y"] = _points(data_line.get_ydata(orig=False))
    lines = [
        {
            "label": str(line.get_label()),
            "x": _points(line.get_xdata(orig=False)),
            "y": _points(line.get_ydata(orig=False)),
        }
        for line in axes.get_lines()
        if id(line) not in in_errorbars
    ]
    bars = [
        {"label": str(c.get_label()), "heights": [float(patch.get_height()) for patch in c.patches]}
        for c in axes.containers
        if isinstance(c, BarContainer)
    ]
    axes.get_xticklabels()  # brings the texts of the ticks up to date
    ticks = [[float(tick.get_loc()), str(tick.label1.get_text())] for tick in axes.xaxis.get_major_ticks()]
    legend = axes.get_legend()
    return {
        "title": str(axes.get_title() or axes.get_title(loc="left") or axes.get_title(loc="right")),
        "xlabel": str(axes.get_xlabel()),
        "ylabel": str(axes.get_ylabel()),
        "xscale": str(axes.get_xscale()),
        "yscale": str(axes.get_yscale()),
        "xticks": ticks[:_MAX_TICKS],
        "ylim": [float(end) for end in axes.get_ylim()],
        "lines": lines,
        "errorbars": errorbars,
        "bars": bars,
        "legend": [text.get_text() for text in legend.get_texts()] if legend else [],
        "axes": len(axes.get_figure().axes),
    }
