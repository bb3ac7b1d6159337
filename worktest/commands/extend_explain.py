"""``worktest extend explain``: five numbers, claims and lines of one's own paper, and why each stands there."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from worktest import paths
from worktest.commands import talk
from worktest.errors import UserError
from worktest.extend import explain as exercise
from worktest.extend import folder as folders
from worktest.extend.explain_items import Bank, Item, bank
from worktest.extend.explain_record import record_of
from worktest.options import AsJson, ResearchName, Space
from worktest.safe import counted, flowing, plain
from worktest.terminal import print_json

SPOKEN = "said"
_KINDS = {"number": "a number", "claim": "a claim", "line": "a line of code"}


def explain(
    name: ResearchName = None,
    space: Space = None,
    stats: Annotated[bool, typer.Option("--stats", help="Ask nothing: show what was shaky.")] = False,
    as_json: AsJson = False,
) -> None:
    """Five items of your own paper: say why each is there, then see what your log says. --json shows the stats."""
    research = folders.find(name, paths.workspace(space))
    if stats or as_json:
        _stats(research, as_json)
        return
    asked = bank(research)
    for problem in exercise.sittings(research.path)[1]:
        talk.say_line(f"note: {problem}")
    sitting = exercise.current(research.path, asked)
    talk.say(
        f"Sitting {sitting.number}: {counted(len(sitting.open_items), 'item')} of your own paper, why each is there."
    )
    talk.say("There is no timer, and how smoothly you say it does not count. Your own notes may stay open.")
    talk.say("Ctrl-C keeps what you answered; the rest waits.")
    waiting = sitting.open_items
    for place, item in enumerate(waiting, start=1):
        talk.say(f"\n{place} of {len(waiting)}: {_KINDS[item.kind]}, {item.where}")
        talk.frame("where it stands", flowing(item.context or item.text) if item.kind != "line" else item.context)
        talk.say(f"This one: {item.text}")
        _one(research, asked, sitting, item)
    shaky = [item for item in waiting if sitting.said[item.id].level != len(exercise.LEVELS) - 1]
    talk.say(
        f"\nDone. {counted(len(shaky), 'item')} below the top level; `worktest extend explain --stats` keeps them."
    )


def _one(research: folders.Research, asked: Bank, sitting: exercise.Sitting, item: Item) -> None:
    """Ask for one item: its source, the reason; show the record; ask for the level."""
    folder, said = research.path, sitting.said[item.id]
    if item.kind == "number" and said.source is None and said.reason is None:
        _source(research, asked, sitting, item)
    if said.reason is None:
        talk.say(exercise.ASKS[item.kind])
        talk.say(f"Type it and end with a line that holds only a dot. Or say it aloud, and type: {SPOKEN}")
        reason = "\n".join(_until_done()).strip()
        if not reason and talk.ask("No reason at all? y writes that down, anything else asks again: ").lower() != "y":
            _one(research, asked, sitting, item)
            return
        spoken = reason.lower() == SPOKEN
        exercise.give_reason(folder, sitting, item, "" if spoken else reason, spoken=spoken)
    else:
        talk.say(f"Your reason was: {said.reason or 'said aloud'}")
    talk.frame("what your folder says", "\n".join(record_of(asked.facts, item)) or "Nothing in it names this.")
    for level, text in enumerate(exercise.LEVELS):
        talk.say(f"  {level}  {text}")
    while True:
        try:
            given = talk.ask("level 0 to 2: ")
            exercise.give_level(folder, sitting, item, int(given) if given in ("0", "1", "2") else -1)
            return
        except UserError:
            talk.say("a number from 0 to 2")


def _until_done() -> list[str]:
    """Lines until a dot; the single word for a spoken reason needs none."""
    lines: list[str] = []
    for line in talk.lines_until_dot():
        lines.append(line)
        if len(lines) == 1 and line.strip().lower() == SPOKEN:
            break
    return lines


def _source(research: folders.Research, asked: Bank, sitting: exercise.Sitting, item: Item) -> None:
    talk.say("Where does it come from?")
    for number, choice in enumerate(asked.choices, start=1):
        talk.say_line(f"  {number}  {asked.says(choice)}")
    while True:
        given = talk.ask(f"1 to {len(asked.choices)}: ")
        if given.isascii() and given.isdigit() and len(given) < 5 and 1 <= int(given) <= len(asked.choices):
            break
        talk.say(f"a number from 1 to {len(asked.choices)}")
    right = exercise.name_source(research.path, sitting, item, asked.choices[int(given) - 1])
    talk.say("That is so." if right else "No; you will see it below, after your reason.")


def _stats(research: folders.Research, as_json: bool) -> None:
    problems: list[str] = []
    asked: Bank | None = None
    try:
        asked = bank(research)
    except UserError as error:  # an exercise that was done can be read while the paper is being rewritten
        problems.append(str(error))
    found = exercise.stats(research.path, asked)
    if as_json:
        print_json({**asdict(found), "problems": [*found.problems, *problems]})
        return
    for problem in [*found.problems, *problems]:
        talk.say_line(f"note: {problem}")
    if not found.asked:
        talk.say("Nothing was explained yet: `worktest extend explain` asks for five items.")
        return
    for kind, count in found.asked.items():
        talk.say(f"{kind}s: {count} explained, mean level {found.mean[kind]:.1f} of 2")
    if found.sources[1]:
        talk.say(f"source of a number named rightly: {found.sources[0]} of {found.sources[1]}")
    talk.say(f"not asked yet: {found.left}")
    if found.shaky:
        talk.say("\nShaky, to be read before an interview:")
    for one in found.shaky:
        source = ", its source was not known" if one.right is False else ""
        talk.say_line(f"  level {one.level}{source}: {one.where}: {plain(' '.join(one.text.split()), 160)}")
        if one.reason:
            talk.say_line(f"      you said: {plain(' '.join(one.reason.split()), 200)}")
