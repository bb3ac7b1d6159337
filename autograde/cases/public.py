"""What a learner gets of a case: its text, tables as CSV, figures as PNG, and never which explanation made it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import numpy as np

from autograde.cases.draw import Drawn
from autograde.cases.scenario import Table

CASE = "case.json"
_DPI = 130


def files_of(drawn: Drawn) -> dict[str, bytes]:
    """The files of a case by name."""
    files = {CASE: sheet_of(drawn)}
    files |= {f"{name}.csv": as_csv(table) for name, table in drawn.case.tables.items()}
    files |= {f"{name}.png": as_png(paint) for name, paint in drawn.case.figures.items()}
    return files


def sheet_of(drawn: Drawn) -> bytes:
    """``case.json``: what was done and claimed, and what is asked."""
    case, scenario = drawn.case, drawn.scenario
    about = {
        "scenario": scenario.id,
        "title": scenario.title,
        "minutes": scenario.minutes,
        "brief": case.brief.strip(),
        "tables": {name: case.notes[name] for name in case.tables},
        "figures": list(case.figures),
        "numbers": [{"id": n.id, "asks": n.asks, "interval": bool(n.intervals)} for n in case.numbers],
        "explanations": [{"id": name, "text": case.explanations[name]} for name in sorted(case.explanations)],
        "experiments": [{"id": e.id, "text": e.text, "cost": e.cost, "outcome": e.outcome} for e in case.experiments],
        "cost_unit": case.cost_unit,
    }
    return (json.dumps(about, indent=1, ensure_ascii=False) + "\n").encode()


def as_csv(table: Table) -> bytes:
    """A table as CSV; floats keep six digits."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table)
    writer.writerows(zip(*([_plain(value) for value in column] for column in table.values()), strict=True))
    return out.getvalue().encode()


def _plain(value: Any) -> Any:
    if isinstance(value, float | np.floating):
        return f"{value:.6g}"
    return int(value) if isinstance(value, bool | np.bool_ | np.integer) else value


def as_png(paint: Callable[[Any], None]) -> bytes:
    """A figure drawn without a display."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(6.4, 3.9), layout="constrained")
    FigureCanvasAgg(figure)
    paint(figure.add_subplot())
    out = io.BytesIO()
    figure.savefig(out, format="png", dpi=_DPI)
    return out.getvalue()
