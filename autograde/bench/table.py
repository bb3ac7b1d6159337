"""Show what the comparison found, for people and as plain data."""

from __future__ import annotations

from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from autograde.bench.block import Side
from autograde.bench.figures import Ratio
from autograde.bench.run import Outcome
from worktest.safe import plain


def to_json(outcome: Outcome) -> dict[str, Any]:
    """Everything measured: ratios, each side with its blocks, scores, machine."""
    return {
        "unit": outcome.unit,
        "seed": outcome.seed,
        "workers": outcome.workers,
        "engine": outcome.engine,
        "order": outcome.order,
        "ratios": {name: found.to_json() if found else None for name, found in outcome.ratios().items()},
        "not_measured": outcome.why_not,
        "sides": [
            {
                "name": side.name,
                "submissions": side.count,
                "mix": outcome.mix(side),
                "seconds": side.seconds,
                "per_submission": side.seconds / side.count,
                "ran": side.mean_ran(),
                "ran_without_explore": side.mean_ran(explore=False),
                "overhead": side.mean_overhead(),
                "peak": side.peak,
                "peak_shared": side.peak_shared,
                "failed": side.failed,
                "blocks": [block.to_json() for block in side.blocks],
            }
            for side in sides(outcome)
        ],
        "scores": {name: found.to_json() for name, found in outcome.scores().items()},
        "machine": outcome.machine,
        "loads": outcome.loads,
    }


def sides(outcome: Outcome) -> list[Side]:
    """All sides that were run."""
    return [outcome.stock, *([outcome.same] if outcome.same else []), outcome.submitted]


def render(outcome: Outcome) -> RenderableType:
    """The ratios, then time and memory, then the scores, then what it was measured on."""
    return Group(_ratios(outcome), _sides(outcome), *_scores(outcome), *_notes(outcome))


def said(found: Ratio | None) -> str:
    """A ratio with its interval in one cell."""
    if found is None:
        return "not measured"
    if found.low is None or found.high is None:
        return f"{found.value:.1f}"
    return f"{found.value:.1f} ({found.low:.1f} to {found.high:.1f})"


def _ratios(outcome: Outcome) -> Table:
    table = Table(title=f"{outcome.unit}: time for a submission, nbgrader over ours", title_justify="left")
    table.add_column("cells", no_wrap=True)
    table.add_column("ratio, 95 % interval", justify="right")
    table.add_column("from", justify="right")
    for name, found in outcome.ratios().items():
        table.add_row(name, said(found), f"{found.stock_n} and {found.ours_n} numbers" if found else outcome.why_not)
    return table


def _sides(outcome: Outcome) -> Table:
    table = Table(title="Time and memory", title_justify="left")
    table.add_column("side", no_wrap=True)
    for heading in (
        "n",
        "s each",
        "in cells",
        "needed",
        "beyond",
        "peak MB",
        "pages once",
    ):
        table.add_column(heading, justify="right")
    for side in sides(outcome):
        table.add_row(
            side.name,
            str(side.count),
            f"{side.seconds / side.count:.1f}",
            _seconds(side.mean_ran()),
            _seconds(side.mean_ran(explore=False)),
            _seconds(side.mean_overhead()),
            f"{side.peak / 1e6:.0f}",
            f"{side.peak_shared / 1e6:.0f}" if side.peak_shared else "-",
        )
    return table


def _scores(outcome: Outcome) -> list[RenderableType]:
    shown: list[RenderableType] = []
    for name, found in outcome.scores().items():
        shown.append(Text(f"Scores, nbgrader against {name}: {found.same} of {found.cells} cells are the same."))
        for bad in found.disagreements:
            own = "none" if bad.ours is None else f"{bad.ours:g}"
            why = f" ({bad.why})" if bad.why else ""
            shown.append(_line("differs", f"{bad.student} {bad.topic}: nbgrader {bad.stock:g}, ours {own}{why}"))
    reasons: dict[tuple[str, str], int] = {}
    for student, _, why in outcome.scores()[outcome.submitted.name].undefined:
        reasons[student, why] = reasons.get((student, why), 0) + 1
    for (student, why), count in reasons.items():
        shown.append(_line("no score", f"{student}: nbgrader gives {count} cells no points: {why}"))
    for student, why in outcome.submitted.failed.items():
        shown.append(_line("no score", f"{student}: ours gives none: {why}"))
    return shown


def _notes(outcome: Outcome) -> list[RenderableType]:
    about = outcome.machine
    shown: list[RenderableType] = [
        Text(f"Order: {'; '.join(outcome.order)}. Our side: {outcome.engine}; nbgrader alone: one after another."),
        Text(
            f"{about['cores']} cores; load {outcome.loads[0]:.1f} before, {max(outcome.loads):.1f} at most. "
            f"Threads of nbgrader's kernels: {about['threads']}."
        ),
        Text(", ".join(f"{name} {number}" for name, number in about["versions"].items())),
    ]
    mixes = [outcome.mix(side) for side in sides(outcome)]
    shares = [{kind: count / sum(mix.values()) for kind, count in mix.items()} for mix in mixes]
    if any(share != shares[0] for share in shares):
        shown.insert(0, _line("mind", "the sides graded other mixes of kinds; make --ours a multiple of --stock"))
    return shown


def _seconds(value: float | None) -> str:
    return "-" if value is None else f"{value:.1f}"


def _line(kind: str, text: str) -> Text:
    return Text.assemble((kind, "red" if kind == "differs" else "yellow"), f" {plain(text)}")
