"""``worktest shortlist``: which stream to apply to; one's own ranking comes first, the tool's second."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from worktest import paths, workspace
from worktest.commands.talk import add_row, ask, console, frame, say, say_line, table
from worktest.errors import UserError
from worktest.options import AsJson, Space
from worktest.shortlist import describe, own, words
from worktest.shortlist.programs import programs as table_of_programs
from worktest.shortlist.rank import CAVEAT, RULE, Shortlist
from worktest.shortlist.rank import shortlist as rank_all
from worktest.shortlist.reading import reading_order
from worktest.shortlist.wishes import write_template
from worktest.terminal import print_json


def shortlist(
    stream: Annotated[str | None, typer.Argument(help="One stream in full; with --programs, one program.")] = None,
    read: Annotated[
        bool,
        typer.Option("--read", help="Read descriptions one by one and rank them yourself, before the tool's order."),
    ] = False,
    wishes: Annotated[bool, typer.Option("--wishes", help="Make shortlist.toml in the workspace, to fill in.")] = False,
    compare: Annotated[bool, typer.Option("--compare", help="Your own order beside the tool's.")] = False,
    programs: Annotated[bool, typer.Option("--programs", help="How matching works in the programs.")] = False,
    space: Space = None,
    as_json: AsJson = False,
) -> None:
    """Choose a stream: read descriptions, rank them with reasons, see where your evidence is thin and what to read."""
    if sum((read, wishes, compare, programs)) > 1:
        raise UserError("--read, --wishes, --compare and --programs each do one thing: choose one")
    if stream is not None and (wishes or compare):
        raise UserError(f"{'--wishes' if wishes else '--compare'} is about all streams: leave {stream!r} out")
    if as_json and (read or wishes):
        raise UserError(f"--json goes with the tables, not with {'--read' if read else '--wishes'}")
    if programs:
        _programs(stream or "", as_json)
        return
    home = paths.workspace(space)
    if wishes:
        say_line(f"Written: {write_template(workspace.prepare(home))}. Open it in an editor and say what you want.")
        return
    if read:
        _read(workspace.prepare(home), stream)
        return
    whole = rank_all(home)
    if compare:
        _compare(home, whole, as_json)
    elif stream is not None:
        _one(home, whole, stream, as_json)
    else:
        _all(home, whole, as_json)


def _programs(name: str, as_json: bool) -> None:
    known = table_of_programs()
    if as_json:
        print_json(known.of(name).model_dump() if name else known.to_json())
        return
    for line in words.of_programs(known, name):
        say(line)


def _all(home: Path, whole: Shortlist, as_json: bool) -> None:
    mine = own.read_own(home)
    if as_json:
        print_json(_data(whole, mine))
        return
    if whole.wishes.empty and not mine.order and not any(row.shown for row in whole.rows):
        for line in words.first_look(whole):
            say(line)
        for problem in mine.problems:
            say_line(f"note: {problem}")
        return
    shown = table("Streams", "stream", "interest", "evidence", "constraints")
    for row in whole.rows:
        name = row.stream.id if row.stream.invented else f"{row.stream.id} (yours)"
        add_row(shown, f"{name}\n{row.stream.title}", words.interest(row), words.evidence(row), words.constraints(row))
    console.print(shown)
    for line in words.notes(whole):
        say(line)
    if not mine.order:
        say("You have placed none yourself yet: `worktest shortlist --read` asks for your order, one by one.")
    for problem in mine.problems:
        say_line(f"note: {problem}")
    own.note_shown(home, [row.stream.id for row in whole.rows])


def _data(whole: Shortlist, mine: own.Own) -> dict[str, Any]:
    return {
        "rule": RULE,
        "caveat": CAVEAT,
        "streams": [row.to_json() for row in whole.rows],
        "wishes": whole.wishes.model_dump(mode="json"),
        "own": own.to_json(mine, whole.rows),
        "problems": [*whole.problems, *mine.problems],
    }


def _one(home: Path, whole: Shortlist, name: str, as_json: bool) -> None:
    row = whole.row(name)
    if as_json:
        order = reading_order(row, whole.evidence, whole.wishes)
        print_json({**row.to_json(), "text": row.stream.text, "reading": [vars(entry) for entry in order]})
        return
    for line in words.about(row, whole):
        say(line)
    own.note_shown(home, [row.stream.id])


def _compare(home: Path, whole: Shortlist, as_json: bool) -> None:
    mine = own.read_own(home)
    if as_json:
        print_json(own.to_json(mine, whole.rows))
        return
    for line in words.compared(mine, whole):
        say(line)
    for problem in mine.problems:
        say_line(f"note: {problem}")
    own.note_shown(home, mine.order)


def _read(home: Path, name: str | None) -> None:
    """Show one description after the other and ask for its place, with a reason; then compare."""
    streams, problems = describe.all_streams(home)
    mine = own.read_own(home)
    for problem in [*problems, *mine.problems]:
        say_line(f"note: {problem}")
    chosen = [describe.one_of(streams, name, problems)] if name else [s for s in streams if s.id not in mine.order]
    titles = {stream.id: stream.title for stream in streams}
    if not chosen:
        say("You have placed every description; `worktest shortlist --read STREAM` reads one again.")
    if len(chosen) > 3:
        say("Three are enough for an evening. q stops, and what you have placed stays.")
    for number, stream in enumerate(chosen, start=1):
        say(f"\n{number} of {len(chosen)}")
        frame(stream.title, (f"By {stream.mentor}.\n\n" if stream.mentor else "") + describe.for_reading(stream))
        others = [placed for placed in mine.order if placed != stream.id]
        for place, placed in enumerate(others, start=1):
            say(f"  {place}  {titles.get(placed, placed)}")
        at = _place(len(others) + 1)
        if at is None:
            break
        if at == 0:
            continue
        because = _reason()
        own.place(home, mine, stream, at, because)
    if mine.order:
        say("")
        whole = rank_all(home)
        for line in words.compared(mine, whole):
            say(line)
        own.note_shown(home, mine.order)


def _place(last: int) -> int | None:
    """A place from 1 to ``last``; 0 to skip this description, None to stop. Raises typer.Abort when the input ends."""
    while True:
        given = ask(f"Its place in your own order, 1 to {last} (s: skip it, q: stop here): ").lower()
        if given == "q":
            return None
        if given == "s":
            return 0
        if given.isascii() and given.isdigit() and len(given) < 4 and 1 <= int(given) <= last:
            return int(given)
        say(f"a number from 1 to {last}, s or q")


def _reason() -> str:
    while True:
        if given := ask("Why there, in one sentence: "):
            return given
        say("one sentence, so that you can be surprised later")
