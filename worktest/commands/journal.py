"""``worktest journal``: what was predicted, decided and measured, and how well predictions held over all units."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from worktest import calibration, paths, workspace
from worktest import journal as journals
from worktest.interview.binding import number
from worktest.options import AsJson, Folder, Space
from worktest.safe import plain
from worktest.terminal import print_json
from worktest.workspace import disk_problem

console = Console()
OptionalUnit = Annotated[str | None, typer.Argument(help="A unit by number or name; left out: all units together.")]


def journal(unit: OptionalUnit = None, space: Space = None, directory: Folder = None, as_json: AsJson = False) -> None:
    """Show predictions, decisions and measurements; over all units, how well you are calibrated."""
    home = paths.workspace(space)
    if unit is None:
        _over_all(home, as_json)
        return
    folder = workspace.learner_folder(paths.resolve_unit(unit), home, directory)
    view = journals.view(folder)
    if as_json:
        print_json(asdict(view))
        return
    _show(view)


def _text(value: object, limit: int = 300) -> Text:
    return Text(plain(value, limit))


def _number(value: float | None) -> str:
    return "" if value is None else number(value)


def _show(view: journals.View) -> None:
    if not (view.predictions or view.decisions or view.measurements):
        console.print("The journal is empty: fill in the cells with journal.predict and journal.decide, and run them.")
    if view.predictions:
        table = _table("Predictions (the first entry counts)", "name", "predicted", "sure", "measured", "held?")
        for p in view.predictions.values():
            held = "too late" if p.late else {None: "", True: "yes", False: "no"}[p.hit]
            revised = f" ({p.revisions} later)" if p.revisions else ""
            guess = f"{number(p.value)} ({number(p.low)} to {number(p.high)}){revised}"
            measured = _number(p.measured.value if p.measured else None)
            table.add_row(_text(p.name), guess, f"{p.confidence:.0%}", measured, held)
        console.print(table)
    if view.decisions:
        table = _table("Decisions", "name", "choice", "over", "because", "would change it")
        for d in view.decisions.values():
            others = ", ".join(d.alternatives)
            cells = (d.name, d.choice, others, d.because, d.would_change_my_mind)
            table.add_row(*(_text(cell) for cell in cells))
        console.print(table)
    rest = [m for name, m in view.measurements.items() if name not in view.predictions]
    if rest:
        table = _table("Measured without a prediction", "name", "value", "interval")
        for m in rest:
            between = "" if m.low is None else f"{_number(m.low)} to {_number(m.high)}"
            table.add_row(_text(m.name), f"{number(m.value)} {plain(m.unit, 40)}", between)
        console.print(table)
    for problem in view.problems:
        console.print(f"note: {problem}", markup=False, highlight=False, soft_wrap=True)


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left")
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _picture(points: list[calibration.Point], path: Path) -> Path:
    try:
        return calibration.save(points, path)
    except OSError as error:
        raise disk_problem(error, path) from None


def _over_all(home: Any, as_json: bool) -> None:
    points = calibration.gather(home)
    score = calibration.brier(points)
    sources = {
        "prediction": "predictions",
        "claim": "claims of first sittings",
        "explanation": "explanations, first sitting",
    }
    by_source = {s: calibration.brier([p for p in points if p.source == s]) for s in sources}
    picture = _picture(points, home / "calibration.png") if points else None
    if as_json:
        data = {"points": [asdict(p) for p in points], "brier": score, "brier_by_source": by_source,
                "finding": calibration.finding(points), "plot": str(picture) if picture else None}  # fmt: skip
        print_json(data)
        return
    console.print(calibration.finding(points) + ".", highlight=False)
    if score is None:
        console.print("Predict in a work test, or sit a nuance check (worktest nuance 01), and come back.")
        return
    table = _table("Brier score: 0 is perfect, 0.25 a coin", "what", "statements", "score")
    for source, name in sources.items():
        count = sum(p.source == source for p in points)
        table.add_row(name, str(count), _number(by_source[source]))
    table.add_row("together", str(len(points)), _number(score))
    console.print(table)
    console.print(f"plot: {picture}", markup=False, highlight=False, soft_wrap=True)
