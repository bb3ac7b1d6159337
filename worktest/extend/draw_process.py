"""The process in which figures are drawn: ``python -m worktest.extend.draw_process``, its order on standard input."""

from __future__ import annotations

import hashlib
import importlib
import json
import os
import sys
from pathlib import Path
from typing import Any

import numpy as np

from worktest.extend.draw import DPI, FILE, WIDEST
from worktest.extend.process import one_line

MOST = 10_000
"""Points, lines or areas of one collection that are kept."""


def main() -> None:
    """Draw what the order names, and write a line of JSON for each figure as soon as it is there or has failed."""
    order = json.loads(sys.stdin.read())
    folder, scratch, answers = Path(order["folder"]), Path(order["scratch"]), Path(order["answers"])
    os.chdir(folder)
    sys.path.insert(0, str(folder))
    from worktest.extend.folder import Research
    from worktest.extend.log import results_digest

    research, results = Research(folder, folder.name), results_digest(folder)
    module: Any = None
    problem = ""
    try:
        module = importlib.import_module("figures")
    except BaseException as error:  # whatever the file does while it is imported
        problem = f"{FILE} can't be imported: {one_line(error, folder)}"
    for name in order["names"]:
        answer: dict[str, Any] = {"name": name}
        try:
            if problem:
                answer["failed"] = problem
            else:
                answer["notes"] = _draw(getattr(module, name), name, research, results, scratch)
        except BaseException as error:
            answer["failed"] = one_line(error, folder)
        with answers.open("a", encoding="utf-8") as file:
            file.write(json.dumps(answer) + "\n")


def _draw(function: Any, name: str, research: Any, results: str, scratch: Path) -> list[str]:
    """Draw one figure and save it with its description; gives notes. Raises whatever the function raises."""
    import matplotlib.pyplot as plt

    plt.close("all")
    figure = _figure_of(function(research))
    if figure is None and plt.get_fignums():
        figure = plt.gcf()
    if figure is None or not figure.axes:
        raise ValueError("it returned no figure with axes")
    path = scratch / f"{name}.png"
    figure.savefig(path, dpi=DPI, metadata={"Software": None})
    wide, high = (float(side) for side in figure.get_size_inches())
    described = {
        "function": name,
        "file": f"figures/{name}.png",
        "results": results,
        "png": hashlib.sha256(path.read_bytes()).hexdigest()[:16],
        "inches": [round(wide, 2), round(high, 2)],
        "suptitle": str((getattr(figure, "_suptitle", None) and figure._suptitle.get_text()) or ""),
        "axes": [described_axes(axes) for axes in figure.axes],
    }
    text = json.dumps(described, indent=1, allow_nan=True, ensure_ascii=False)
    (scratch / f"{name}.json").write_text(text + "\n", encoding="utf-8", errors="replace")
    plt.close("all")
    if wide > WIDEST + 0.01:
        return [f"the figure is {wide:.1f} inches wide and is shown at {WIDEST} or less, so its letters get smaller"]
    return []


def _figure_of(result: Any) -> Any:
    if isinstance(result, tuple | list) and result:
        return _figure_of(result[0])
    if hasattr(result, "savefig"):
        return result
    return result.get_figure() if hasattr(result, "get_figure") else None


def described_axes(axes: Any) -> dict[str, Any]:
    """What `worktest.figures.describe_axes` says of axes, and what tells whether intervals and single seeds are drawn.

    ``collections`` holds scattered points, bands and upright or level lines, each with its kind and its ends;
    ``intervals`` counts error bars and bands that have a length; ``points`` the marks that no line joins.
    """
    from worktest.figures import describe_axes

    described = describe_axes(axes)
    in_bars = {id(part) for container in axes.containers for part in _parts(container)}
    shown = [one for one in axes.collections if one.get_visible() and id(one) not in in_bars]
    described["collections"] = [_collection(collection) for collection in shown]
    marks = [
        len(line.get_xdata())
        for line in axes.get_lines()
        if id(line) not in in_bars
        and str(line.get_linestyle()) in ("None", "none", "", " ")
        and str(line.get_marker()) not in ("None", "none", "", " ")
    ]
    bars = sum(_length(segment) > 0 for bar in described["errorbars"] for segment in bar["segments"])
    described["intervals"] = {
        "errorbars": bars,
        "bands": sum(one["kind"] == "band" for one in described["collections"]),
        "lines": sum(one["kind"] == "lines" for one in described["collections"]),
    }
    described["points"] = sum(marks) + sum(one["n"] for one in described["collections"] if one["kind"] == "points")
    return described


def _parts(container: Any) -> list[Any]:
    """The lines and segments of an error bar."""
    from matplotlib.container import ErrorbarContainer

    if not isinstance(container, ErrorbarContainer):
        return []
    line, caps, segments = container.lines
    return [part for part in (line, *caps, *segments) if part is not None]


def _length(segment: list[list[float]]) -> float:
    return sum(abs(a - b) for a, b in zip(segment[0], segment[-1], strict=True))


def _collection(collection: Any) -> dict[str, Any]:
    """Kind, label and extent of a collection; a filled area of no height is none."""
    from matplotlib.collections import LineCollection, PathCollection, PolyCollection

    found: dict[str, Any] = {"kind": type(collection).__name__, "label": str(collection.get_label())}
    if isinstance(collection, PathCollection):
        offsets = np.asarray(collection.get_offsets(), dtype=float)[:MOST].tolist()
        return found | {"kind": "points", "n": len(offsets), "xy": offsets}
    if isinstance(collection, LineCollection):
        segments = [[_numbers(point) for point in part] for part in collection.get_segments()[:MOST]]
        return found | {"kind": "lines", "n": len(segments), "segments": segments}
    if isinstance(collection, PolyCollection):
        uprights = [_numbers(np.asarray(path.vertices)[:, 1]) for path in collection.get_paths()[:MOST]]
        ends = [[min(upright), max(upright)] for upright in uprights if upright and max(upright) > min(upright)]
        return found | {"kind": "band" if ends else "PolyCollection", "n": len(ends), "ends": ends}
    return found


def _numbers(values: Any) -> list[float]:
    return [float(value) for value in np.asarray(values, dtype=float).ravel()]


if __name__ == "__main__":
    main()
