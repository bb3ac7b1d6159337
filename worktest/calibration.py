"""Calibration over all units: how often it came as said, for predictions, and for the claims and rival explanations of
first sittings.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from worktest import chain, journal, nuance, paths
from worktest.cases import record
from worktest.safe import finite

Source = Literal["prediction", "claim", "explanation"]
BINS = 5


@dataclass(frozen=True)
class Point:
    """One statement with a probability and whether it came true.

    A prediction's statement is "the measured value lies in my interval", with the stated confidence.
    """

    unit: str
    name: str
    probability: float
    outcome: bool
    source: Source


def gather(workspace: Path) -> list[Point]:
    """All statements in a workspace that count: first predictions with a measurement, and what first sittings hold."""
    points = []
    for unit, (folder, *_) in paths.learners_units(workspace).items():
        points += _first_sitting(folder, unit)
        points += _first_cases(folder, unit)
        for name, prediction in journal.view(folder).predictions.items():
            if prediction.hit is not None and 0 < prediction.confidence < 1:
                points.append(Point(unit, name, prediction.confidence, prediction.hit, "prediction"))
    return points


def _first_sitting(folder: Path, unit: str) -> list[Point]:
    found = []
    for entry in chain.read(folder / nuance.FILE).entries:
        if entry["kind"] != "graded" or entry.get("first") is not True:
            continue
        rows = entry.get("brief")
        for row in rows if isinstance(rows, list) else []:
            about = row if isinstance(row, dict) else {}
            probability, truth = finite(about.get("probability"), 0, 1), about.get("truth")
            if probability is not None and isinstance(truth, bool):
                found.append(Point(unit, str(about.get("id")), probability, truth, "claim"))
        break
    return found


def _first_cases(folder: Path, unit: str) -> list[Point]:
    """Each explanation of the first sitting of an empirical reasoning test that was timed or not, without an LLM."""
    for entry in chain.read(folder / record.FILE).entries:
        if entry["kind"] == "graded" and entry.get("counts") is True:
            rows = [row for row in entry.get("rows", []) if isinstance(row, dict)]
            return [
                Point(unit, f"{row.get('scenario')}/{name}", p, name == row.get("truth"), "explanation")
                for row in rows
                if isinstance(row.get("probabilities"), dict)
                for name, value in row["probabilities"].items()
                if (p := finite(value, 0, 1)) is not None
            ]
    return []


def brier(points: list[Point]) -> float | None:
    """The Brier score of these statements, or None when there are none."""
    return nuance.brier([(p.probability, p.outcome) for p in points]) if points else None


def bins(points: list[Point]) -> list[tuple[float, float, float, float, int]]:
    """(mean probability, share that came true, Wilson low, Wilson high, count) for each fifth that has points."""
    from scipy.stats import binomtest

    rows = []
    for number in range(BINS):
        inside = [p for p in points if min(int(p.probability * BINS), BINS - 1) == number]
        if inside:
            true = sum(p.outcome for p in inside)
            interval = binomtest(true, len(inside)).proportion_ci(0.95, method="wilson")
            mean = sum(p.probability for p in inside) / len(inside)
            rows.append((mean, true / len(inside), float(interval.low), float(interval.high), len(inside)))
    return rows


def finding(points: list[Point]) -> str:
    """What the points say in one line: too sure, not sure enough, about right, or too few to tell."""
    if len(points) < 10:
        return f"{len(points)} statements so far: too few to say how well you are calibrated"
    sure = [max(p.probability, 1 - p.probability) for p in points]
    right = [(p.probability >= 0.5) == p.outcome for p in points]
    gap = sum(sure) / len(sure) - sum(right) / len(right)
    error = 2 * (sum((s * (1 - s)) for s in sure) ** 0.5) / len(sure)  # twice the error if you were calibrated
    figures = f"{sum(sure) / len(sure):.0%} sure, {sum(right) / len(right):.0%} right"
    if gap > error:
        return f"You are surer than you are right: {figures}"
    if gap < -error:
        return f"You are righter than you are sure: {figures}"
    return "What you say and what happens agree, as far as this many statements can tell"


def draw(ax: Any, points: list[Point]) -> None:
    """Draw the share that came true against the stated probability on a matplotlib axes; readable in grey."""
    ax.plot([0, 1], [0, 1], color="0.6", linestyle=":", label="calibrated")
    styles: dict[Source, tuple[str, str, str]] = {
        "prediction": ("o", "black", "predictions"),
        "claim": ("s", "white", "claims"),
        "explanation": ("^", "0.6", "explanations"),
    }
    for source, (marker, face, label) in styles.items():
        mine = [p for p in points if p.source == source]
        rows = bins(mine)
        if not rows:
            continue
        aside = {"claim": 0.01, "explanation": -0.01}.get(source, 0.0)  # so that points at one place can be told apart
        x, y = [row[0] + aside for row in rows], [row[1] for row in rows]
        error = [[row[1] - row[2] for row in rows], [row[3] - row[1] for row in rows]]
        error = [[max(value, 0.0) for value in side] for side in error]
        ax.errorbar(
            x,
            y,
            yerr=error,
            fmt=marker,
            color="black",
            markerfacecolor=face,
            capsize=3,
            label=f"{label}, n = {len(mine)}",
        )
    score = brier(points)
    ax.set_xlim(-0.03, 1.03)
    ax.set_ylim(-0.03, 1.03)
    ax.set_xlabel("probability that you stated")
    ax.set_ylabel("share that came true")
    ax.set_title(finding(points) + ("" if score is None else f"\nBrier score {score:.2f} (0 perfect, 0.25 a coin)"))
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, -0.13), fontsize="small", ncols=3, frameon=False)


def save(points: list[Point], path: Path) -> Path:
    """Write the plot as a PNG, without a display."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(6.5, 5))
    FigureCanvasAgg(figure)
    draw(figure.add_subplot(), points)
    figure.tight_layout()
    figure.savefig(path, dpi=120)
    return path
