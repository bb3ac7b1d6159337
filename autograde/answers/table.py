"""Show what the answer bank proved."""

from __future__ import annotations

from rich.table import Table

from autograde.answers.judge import Row


def render(rows: list[Row]) -> Table:
    """Cell, answers, false accepts, false rejects."""
    table = Table(title="The checks against the answer bank", title_justify="left")
    table.add_column("graded cell", overflow="fold")
    for heading in ("checks", "answers", "seeds", "false accepts", "false rejects", "idle checks", "seconds"):
        table.add_column(heading, justify="right")
    for row in rows:
        table.add_row(
            row.topic,
            str(row.checks),
            str(row.answers),
            str(row.seeds),
            str(len(row.false_accepts)),
            str(len(row.false_rejects)),
            str(len(row.idle)),
            f"{row.seconds:.1f}",
        )
    return table


def problems(rows: list[Row]) -> list[str]:
    """One line for everything that must not be."""
    found = []
    for row in rows:
        found += [f"{row.topic}: false accept: {text}" for text in row.false_accepts]
        found += [f"{row.topic}: false reject: {text}" for text in row.false_rejects]
        found += [f"{row.topic}: no wrong answer loses the check {text}" for text in row.idle]
        found += [f"{row.topic}: not a hard-coded answer: {text}" for text in row.unseen]
    return found
