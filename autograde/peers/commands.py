"""``autograde peers``: the week's blind reading, for whoever facilitates."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from autograde.paths import solutions
from worktest import paths
from worktest.commands import talk
from worktest.errors import UserError
from worktest.options import AsJson, Space, Unit
from worktest.safe import counted, plain
from worktest.terminal import print_json

app = typer.Typer(help="Blind reading of written answers: give out, collect, report, return.", no_args_is_help=True)
console = Console()
To = Annotated[str | None, typer.Option("--to", help="A folder, with one for each person in it: for sending by hand.")]


def _say(text: str) -> None:
    console.print(plain(text, 60_000), markup=False, highlight=False, soft_wrap=True)


def _waiting(text: str) -> None:
    Console(stderr=True).print(f"  {plain(text)}", markup=False, highlight=False)


def _place(unit: str, space: str | None) -> tuple[str, Path]:
    return paths.resolve_unit(unit, solutions()), paths.workspace(space)


@app.command()
def give(
    unit: Unit,
    prompt: Annotated[
        list[str] | None, typer.Option("--prompt", help="A prompt by id; default: the one that most have answered.")
    ] = None,
    without: Annotated[str, typer.Option(help="Who won't read, with commas: what they have goes to others.")] = "",
    to: To = None,
    look: Annotated[bool, typer.Option("--look", help="Show what readers would get, and give nothing out.")] = False,
    space: Space = None,
) -> None:
    """Give each written answer, without its author, to two others; again for those who came late."""
    from autograde import course
    from autograde.peers import rounds

    name, home = _place(unit, space)
    absent = [one.strip() for one in without.split(",") if one.strip()]
    with course.one_at_a_time(home, _waiting):
        done = rounds.give(
            name, home, wanted=prompt or (), without=absent, to=paths.given_path(to) if to else None, look=look
        )
    if look:
        for packet in done.packets:
            talk.frame(packet.name, packet.text)
    for note in done.notes:
        _say(note)
    if look:
        _say(f"{name}: {counted(len(done.packets), 'new answer')} to be read; nothing was given out")
        return
    _say(f"{name}: {', '.join(done.prompts)}: {counted(len(done.packets), 'new answer')} given out")
    table = Table()
    table.add_column("reader", overflow="fold")
    table.add_column("to read", justify="right")
    for reader, count in sorted(done.readings.items()):
        table.add_row(Text(plain(reader)), str(count))
    console.print(table)
    if to is None:
        _say(f"They get them with `worktest peers fetch {name[:2]}` in a terminal of their own.")
    if absent:
        _say("The answers of those who won't read stay in: others read them.")


@app.command()
def collect(
    unit: Unit,
    files: Annotated[list[str] | None, typer.Argument(help="Score files that came by hand.")] = None,
    space: Space = None,
) -> None:
    """Take in the scores that readers have sent."""
    from autograde import course
    from autograde.peers import agreement, rounds

    name, home = _place(unit, space)
    with course.one_at_a_time(home, _waiting):
        taken, refused = rounds.collect(name, home, [paths.given_path(file) for file in files or []])
        found = agreement.needed(name, home)
    for line in refused:
        _say(f"not taken: {line}")
    _say(
        f"{name}: {counted(taken, 'score')} taken; of {counted(found.answers, 'answer')} "
        f"{found.read_by_two} read by two, {found.read_by_one} by one"
    )
    _still_to_read(found.waiting)
    if refused:
        raise UserError(f"{counted(len(refused), 'file')} not taken", exit_code=1)


def _still_to_read(waiting: dict[str, int]) -> None:
    if waiting:
        _say("still to read: " + ", ".join(f"{name} ({count})" for name, count in waiting.items()))


@app.command()
def report(unit: Unit, space: Space = None, as_json: AsJson = False) -> None:
    """How well the readers agree, and on what they should talk. It names no author and no reader's level."""
    from autograde.peers import agreement

    name, home = _place(unit, space)
    found = agreement.needed(name, home)
    if as_json:
        print_json(found.to_json())
        return
    _say(f"{name}: {counted(found.answers, 'answer')}, {found.read_by_two} read by two, {found.read_by_one} by one")
    if found.side_by_side:
        table = Table()
        for head, how in (
            ("prompt", "left"),
            ("criterion", "left"),
            ("pairs", "right"),
            ("alpha", "right"),
            ("apart", "right"),
        ):
            table.add_column(head, justify=how, overflow="fold")  # type: ignore[arg-type]
        for row in found.by_criterion:
            alpha = "" if row["alpha"] is None else f"{row['alpha']:.2f}"
            cells = (row["prompt"], row["asks"], row["pairs"], alpha, row["talk"] or "")
            table.add_row(*(Text(plain(cell)) for cell in cells))
        console.print(table)
        _say("apart: answers on which readers were two levels apart. No alpha: too few pairs, or one level everywhere.")
        _say(found.side_by_side["says"])
        _talk(found.side_by_side)
    _still_to_read(found.waiting)


def _talk(both: dict[str, object]) -> None:
    for packet in both["packets"]:  # type: ignore[attr-defined]
        for row in packet["rows"]:
            if row["talk"]:
                _say(f"\npacket {packet['packet']}: {row['asks']}")
                for level, reason in zip(row["levels"], row["reasons"], strict=True):
                    _say(f"  {level} of {row['top']}: {reason}")


@app.command("return")
def give_back(unit: Unit, to: To = None, space: Space = None) -> None:
    """Put what readers said where each author finds it, without the readers' names."""
    from autograde import course
    from autograde.peers import rounds

    name, home = _place(unit, space)
    with course.one_at_a_time(home, _waiting):
        done, waiting = rounds.give_back(name, home, paths.given_path(to) if to else None)
    _say(f"{name}: {counted(len(done), 'author')} can read what was said (`worktest peers fetch {name[:2]}`)")
    for line in waiting:
        _say(f"not yet: {line}")
