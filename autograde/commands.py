"""What ``autograde grade`` and ``autograde feedback`` print."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator

from rich.console import Console
from rich.table import Table

from autograde.batch import Batch, Row
from worktest.commands.talk import add_row
from worktest.safe import plain

Tell = tuple[Callable[[Row, int, int], None], Callable[[str], None]]


@contextlib.contextmanager
def batch_progress(console: Console) -> Iterator[Tell]:
    """Show how many are done, what was done last, and how long the rest will take; off a terminal, a line for each."""
    if not console.is_terminal:
        yield (
            lambda row, done, total: console.print(f"  {done} of {total}  {_said(row)}", highlight=False, markup=False),
            lambda text: console.print(f"  {plain(text)}", highlight=False, markup=False),
        )
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        BarColumn(bar_width=20),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[left]}"),
        TextColumn("{task.description}", markup=False),
    )
    graded: list[float] = []
    begun = time.monotonic()
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=None, left="")

        def report(row: Row, done: int, total: int) -> None:
            if row.state != "kept":
                graded.append(time.monotonic())
            rest = (graded[-1] - begun) / len(graded) * (total - done) if graded else 0.0
            left = f"about {rest / 60:.0f} min left" if rest > 90 else f"about {rest:.0f} s left" if graded else ""
            bar.update(task, completed=done, total=total, description=_said(row), left=left)

        yield report, lambda text: bar.update(task, description=plain(text))


def _said(row: Row) -> str:
    if row.state == "failed":
        return f"{plain(row.student)}: not graded: {plain(row.reason)}"
    kept = " (kept: nothing changed)" if row.state == "kept" else ""
    return f"{plain(row.student)}: {row.points:g} of {row.maximum:g} points{kept}"


def batch_table(batch: Batch) -> Table:
    """One line a submission: what became of it, its points, how long it took, or why it was not graded."""
    graded = sum(row.state == "graded" for row in batch.rows)
    kept = sum(row.state == "kept" for row in batch.rows)
    failed = sum(row.state == "failed" for row in batch.rows)
    title = f"{batch.unit}: {graded} graded, {kept} kept, {failed} not graded, in {batch.seconds:.1f} s"
    table = Table(title=title, title_justify="left")
    table.add_column("student", overflow="fold")
    table.add_column("", no_wrap=True)
    table.add_column("points", justify="right")
    table.add_column("why not", overflow="fold")
    for row in batch.rows:
        points = "" if row.state == "failed" else f"{row.points:g} of {row.maximum:g}"
        add_row(table, row.student, row.state, points, row.reason)
    return table
