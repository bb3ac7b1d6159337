"""Show what a morning at the hub was like."""

from __future__ import annotations

from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from autograde.bench.hub.run import Outcome
from worktest.safe import counted, plain

_MB = 1 << 20


def render(found: Outcome) -> RenderableType:
    """Times, troubles, memory, what people were told, and what was lost."""
    who = counted(found.morning.learners, "learner")
    times = Table(title=f"{who}, seconds", title_justify="left")
    for head in ("what", "n", "median", "95 %", "worst", "failed", "longest until it worked"):
        times.add_column(head, justify="left" if head == "what" else "right")
    for kind, one in found.tally.to_json().items():
        shown = [_seconds(one[key]) for key in ("median", "p95", "worst")]
        times.add_row(kind, str(one["n"]), *shown, str(one["failed"]), _seconds(one["longest_until_it_worked"]))
    parts: list[RenderableType] = [times]
    if found.troubles:
        table = Table(title="troubles", title_justify="left")
        for head in ("what", "hub back after, s", "all saved again after, s", "attempts that failed", "not whole"):
            table.add_column(head, justify="left" if head == "what" else "right")
        for trouble in found.troubles:
            shown = [_seconds(trouble.down), _seconds(trouble.until_all_work), str(trouble.failed)]
            table.add_row(trouble.kind, *shown, str(len(trouble.lost)))
        parts.append(table)
    parts += [Text(line) for line in _lines(found)]
    return Group(*parts)


def _lines(found: Outcome) -> list[str]:
    lines = []
    if found.memory:
        lines.append("memory, shared pages split: " + ", ".join(_memory(found.memory)))
    for trouble in found.troubles:
        lines += [f"{trouble.kind}, {what}: {plain(told)}" for what, told in trouble.told.items()]
    for kind, one in found.tally.to_json().items():
        lines += [f"{kind} failed {times} times: {plain(told)}" for told, times in one["told"].items()]
    lines.append(f"collected: {plain(found.collected)}")
    lines.append(
        f"acknowledged: {counted(found.saves, 'save')}, {counted(found.submissions, 'submission')}; lost: "
        + ("none" if not found.lost else "; ".join(found.lost))
    )
    return lines


def _memory(about: dict[str, Any]) -> list[str]:
    each = [
        f"{kind} {one['median'] / _MB:.0f} MB (n={one['n']})" for kind, one in about.items() if isinstance(one, dict)
    ]
    return [*each, f"all {about['all'] / _MB:.0f} MB"]


def _seconds(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}" if value < 10 else f"{value:.0f}"
