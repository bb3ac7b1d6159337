"""``log.md`` of a hand-in: the clock with its pauses and checkpoints, predictions and decisions, what came late."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from worktest.cases import record, report
from worktest.clock import spell
from worktest.clock_state import Clock, Event
from worktest.clock_watch import digest_of, first_runs
from worktest.journal import Decision, Prediction, View
from worktest.safe import counted, finite, unmarked

if TYPE_CHECKING:
    from nbformat import NotebookNode

LATE_TAG = "after-limit"
_WRITTEN = ("write_up.md", "statement_of_ai_use.md", "*.ipynb")


def mark_late_cells(notebook: NotebookNode, clock: Clock | None, folder: Path) -> int:
    """Put a line above every code cell that was run for the first time after the limit; gives how many there are.

    A cell counts as late by its text: one that was changed after the limit is a new one.
    """
    reached = clock.limit_reached if clock is not None else None
    if clock is None or reached is None:
        return 0
    from nbformat.v4 import new_markdown_cell

    runs = first_runs(folder)
    marked = []
    late = 0
    for cell in notebook.cells:
        run = runs.get(digest_of(cell.source)) if cell.cell_type == "code" else None
        if run is not None and run > reached:
            late += 1
            over = max(clock.worked_at(run) - clock.limit, 0.0)
            line = new_markdown_cell(f"*After the limit: first run in this form {spell(over)} over it.*")
            line.metadata["tags"] = [LATE_TAG]
            if "id" not in cell:
                line.pop("id", None)
            marked.append(line)
        marked.append(cell)
    notebook.cells = marked
    return late


def log_text(folder: Path, unit: str, title: str, clock: Clock | None, journal: View) -> str:
    """The whole log, as Markdown in which nothing that a person wrote is markup."""
    lines = [f"# Log: {_safe(title)} (`{unit}`)", "", *_clock(folder, clock), *_sittings(folder), *_journal(journal)]
    return "\n".join(lines).rstrip() + "\n"


def _clock(folder: Path, clock: Clock | None) -> Iterator[str]:
    if clock is None and record.sittings(folder)[0]:
        return  # each sitting had its own
    yield "## Clock"
    yield ""
    if clock is None:
        yield "No clock was kept."
        yield ""
        return
    yield f"- Limit: {spell(clock.limit)}"
    over = f", {spell(clock.over)} over the limit" if clock.over > 0 else ""
    yield f"- Worked: {spell(clock.worked)}{over}" + ("" if clock.finished else " (the clock was not finished)")
    yield f"- Pauses: {len(clock.pauses)}"
    for gap in clock.gaps:
        yield (
            f"- No sign of work between {_when(gap.begin)} and {_when(gap.end)}; "
            f"{spell(gap.open_minutes)} of it count as worked"
        )
    for problem in clock.problems:
        yield f"- Note: {_safe(problem)}"
    yield ""
    yield "| When | On the clock | What |"
    yield "|:---|:---|:---|"
    for event in clock.events:
        mark = " **(after the limit)**" if clock.is_after_limit(event.time) else ""
        yield f"| {_when(event.time)} | {spell(clock.worked_at(event.time))} | {_what(event)}{mark} |"
    yield ""
    reached = clock.limit_reached
    if reached is not None:
        yield f"The limit was reached at {_when(reached)}. Written after it:"
        yield ""
        found = list(_late_files(folder, reached))
        yield from found or ["- nothing that was saved"]
        yield ""


def _sittings(folder: Path) -> Iterator[str]:
    """Scored sittings of an empirical reasoning test; nothing where there is no such test."""
    past, problems = record.sittings(folder)
    if not past and not problems:
        return
    yield "## Sittings"
    yield ""
    for sitting in past:
        yield f"- **Sitting {sitting.number}**, {sitting.kind}"
        if sitting.grade is None:
            yield f"  - not scored; answered: {', '.join(map(_safe, sitting.answers)) or 'nothing'}"
            continue
        yield f"  - {_safe(report.headline(sitting.grade))}"
        yield f"  - a language model was used for: {_safe(sitting.used or 'not declared')}"
        yield from (f"  - {_safe(note)}" for note in report.notes_of(sitting.grade))
        pauses = sitting.grade.get("pauses")
        for pause in (p for p in (pauses if isinstance(pauses, list) else []) if isinstance(p, dict)):
            yield f"  - pause of {spell(finite(pause.get('minutes')) or 0.0)}: {_safe(pause.get('reason'))}"
        for row in (row for row in sitting.grade["rows"] if isinstance(row, dict)):
            late = ", answered after the limit" if row.get("late") else ""
            yield f"  - {_safe(row.get('scenario'))}: {report.points(row.get('points'))} points{late}"
    yield from (f"- Note: {_safe(problem)}" for problem in problems)
    yield ""


def _what(event: Event) -> str:
    if event.kind == "start":
        return f"start, {spell(event.minutes)}"
    if event.kind == "forgive":
        return f"{spell(event.minutes)} taken off: {_safe(event.text)}"
    return f"{event.kind}: {_safe(event.text)}" if event.text else event.kind


def _late_files(folder: Path, reached: dt.datetime) -> Iterator[str]:
    """Files that were last saved after the limit. Text carries no times of its own, so it is by file."""
    for path in sorted(p for pattern in _WRITTEN for p in folder.glob(pattern)):
        try:
            saved = dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC)
        except (OSError, ValueError, OverflowError):
            continue
        if saved > reached:
            more = (
                "; code cells that were first run after the limit are marked in it" if path.suffix == ".ipynb" else ""
            )
            yield f"- {_safe(path.name)} was last saved at {_when(saved)}{more}"


def _journal(journal: View) -> Iterator[str]:
    yield "## Predictions"
    yield ""
    if journal.predictions:
        yield "| What | Guess | Interval | Sure | Measured | Held |"
        yield "|:---|:---|:---|:---|:---|:---|"
        yield from (_prediction(p) for p in journal.predictions.values())
    else:
        yield "None was written down."
    yield ""
    yield "## Decisions"
    yield ""
    for decision in journal.decisions.values():
        yield from _decision(decision)
    if not journal.decisions:
        yield "None was written down."
    yield ""
    if journal.measurements:
        yield "## Measured"
        yield ""
        for m in journal.measurements.values():
            between = "" if m.low is None or m.high is None else f" ({m.low:g} to {m.high:g})"
            yield f"- {_safe(m.name)}: {m.value:g}{between} {_safe(m.unit)}".rstrip()
        yield ""
    for problem in journal.problems:
        yield f"- Note: {_safe(problem)}"


def _prediction(p: Prediction) -> str:
    measured = f"{p.measured.value:g}" if p.measured else "not yet"
    held = "late" if p.late else {True: "yes", False: "no", None: ""}[p.hit]
    revised = f" ({counted(p.revisions, 'revision')}; the first counts)" if p.revisions else ""
    return (
        f"| {_safe(p.name)}{revised} | {p.value:g} | {p.low:g} to {p.high:g} | {100 * p.confidence:g} % "
        f"| {measured} | {held} |"
    )


def _decision(d: Decision) -> Iterator[str]:
    others = f" rather than {', '.join(_safe(a) for a in d.alternatives)}" if d.alternatives else ""
    yield f"- **{_safe(d.name)}: {_safe(f'{d.choice:g}' if isinstance(d.choice, float) else d.choice)}**{others}" + (
        f" ({counted(d.revisions, 'revision')}; the first counts)" if d.revisions else ""
    )
    if d.because:
        yield f"  - because {_safe(d.because)}"
    if d.would_change_my_mind:
        yield f"  - would change my mind: {_safe(d.would_change_my_mind)}"


def _safe(text: object) -> str:
    """What a person wrote, on one line, without markup."""
    return unmarked(text)


def _when(time: dt.datetime) -> str:
    return f"{time.astimezone():%Y-%m-%d %H:%M}"
