"""``worktest progress``: units, readiness, own times and what is due, in the terminal, as data or as one page."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from worktest import paths, times, workspace
from worktest import progress as progress_module
from worktest.commands.review import in_days
from worktest.commands.talk import say_line
from worktest.errors import UserError
from worktest.options import AsJson, Space
from worktest.progress import Progress
from worktest.readiness import CAVEAT
from worktest.safe import plain
from worktest.terminal import print_json

console = Console()
_SHOWN_PROBLEMS = 20


def progress(
    file: Annotated[
        str | None, typer.Argument(help="Where --html writes; default: progress.html in the workspace.")
    ] = None,
    html: Annotated[bool, typer.Option("--html", help="Write one page to keep or print.")] = False,
    space: Space = None,
    as_json: AsJson = False,
) -> None:
    """Show each unit's grades, readiness by what programs select on, your times, and what is due for review."""
    if file and not html:
        raise UserError(f"{plain(file, 80)!r}: a file goes with --html, as in `worktest progress --html page.html`")
    home = paths.workspace(space)
    found = progress_module.gather(home)
    if html:
        from worktest.progress_page import write_page

        target = paths.given_path(file) if file else workspace.prepare(home) / "progress.html"
        write_page(found, target)
    if as_json:
        print_json(found.to_json())
        return
    if html:
        say_line(f"Written: {target}")
        return
    show(found)


def show(found: Progress) -> None:
    """Print everything in tables that fit 80 columns."""
    console.print(_units(found))
    _say(times.sentence(found.cells))
    console.print()
    console.print(_readiness(found))
    _say(CAVEAT)
    console.print()
    _review(found)
    for problem in found.problems[:_SHOWN_PROBLEMS]:
        _say(f"note: {problem}")
    if len(found.problems) > _SHOWN_PROBLEMS:
        _say(f"note: {len(found.problems) - _SHOWN_PROBLEMS} more; `worktest progress --json` lists them all")


def _say(text: str) -> None:
    console.print(plain(text), markup=False, highlight=False, soft_wrap=not console.is_terminal)


def _cell(text: object) -> Text:
    """A table's text, whatever it holds."""
    return Text(plain(text, 500))


def _units(found: Progress) -> Table:
    table = Table(title=_cell(f"Progress in {found.home}"), title_justify="left")
    table.add_column("unit", no_wrap=True)
    table.add_column("title", overflow="fold")
    table.add_column("state", overflow="fold")
    for heading in ("tries", "best", "last", "minutes"):
        table.add_column(heading, justify="right", overflow="fold")
    for row in found.rows:
        scores = ["" if value is None else f"{value:g} of {row.maximum}" for value in (row.best, row.last)]
        worked = "" if row.worked is None else f"{row.worked:.0f} of {row.minutes}"
        texts = (row.unit[:2], row.title, row.state, str(row.attempts or ""), *scores, worked)
        table.add_row(*(_cell(text) for text in texts))
    return table


def _readiness(found: Progress) -> Table:
    table = Table(title="Readiness by what programs select on", title_justify="left", show_lines=True, expand=True)
    table.add_column("what", overflow="fold", width=12)
    table.add_column("what was done and measured, and the next step that helps most", overflow="fold", ratio=1)
    for area in found.areas:
        lines = [_item(done) for done in area.done] + [_item(f"{f.what}: {f.text}") for f in area.figures]
        lines = lines or [Text("not yet", style="dim")]
        if area.step:
            lines.append(Text.assemble(("next: ", "bold"), plain(area.step.text, 500)))
            lines += [Text(f"  {plain(area.step.command, 500)}", style="bold")] if area.step.command else []
        table.add_row(area.title, Text("\n").join(lines))
    return table


def _item(text: str) -> Text:
    return Text(f"- {plain(text, 500)}")


def _review(found: Progress) -> None:
    deck = found.deck
    if deck is None or not deck.cards:
        return
    due = [card for card in deck.cards if card.is_due(found.now)]
    if due:
        what = "1 exit question is" if len(due) == 1 else f"{len(due)} exit questions are"
        _say(f"{what} due for review: `worktest review`")
    else:
        first = deck.cards[0].due
        _say(f"No exit question is due; the next on {first:%d %b %Y} ({in_days(first)}).")
