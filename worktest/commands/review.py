"""``worktest review``: the exit questions of your units, asked again before you forget them."""

from __future__ import annotations

import contextlib
import datetime as dt
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from worktest import paths, workspace
from worktest import review as reviews
from worktest.errors import UserError
from worktest.options import AsJson, Folder, Space
from worktest.safe import flowing, plain
from worktest.terminal import print_json

console = Console()
_WIDE = 100
_CHOICES = "  ".join(f"{number} {words}" for number, words in reviews.RATINGS.items())


def review(
    unit: Annotated[str | None, typer.Argument(help="A unit by number or name; default: all you worked on.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Also what isn't due yet.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="At most this many questions.")] = 10,
    space: Space = None,
    directory: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Answer exit questions again, spaced so that you keep what you learned; Ctrl-C loses nothing."""
    home = paths.workspace(space)
    if directory and not unit:
        raise UserError("--dir is the folder of one unit: name the unit too, as in `worktest review 01 --dir FOLDER`")
    name = paths.resolve_unit(unit) if unit else ""
    also = workspace.learner_folder(name, home, directory) if name else None
    deck = reviews.load(home, also=also, unit=name)
    cards = deck.of(name) if name else deck.cards
    now = dt.datetime.now(dt.UTC)
    asked = [card for card in cards if everything or card.is_due(now)]
    if as_json:
        later = [card for card in cards if not card.is_due(now)]
        data = {
            "due": [card.to_json() for card in cards if card.is_due(now)],
            "later": [card.to_json() for card in later],
            "waiting": deck.waiting,
            "problems": deck.problems,
        }
        print_json(data)
        return
    for problem in deck.problems:
        _say(f"note: {problem}")
    if name and not cards:
        raise UserError(f"{name} has no exit questions that can be asked")
    if not asked:
        _say(nothing_due(deck, name))
        return
    if name and not any(card.reviews for card in cards):
        workspace.prepare(home)
        reviews.enter(home, name)
    try:
        _sitting(home, asked[:limit], left=len(asked) - limit)
    except KeyboardInterrupt:
        raise UserError("stopped; what you wrote is kept, and so is every rating", exit_code=130) from None


def nothing_due(deck: reviews.Deck, unit: str = "") -> str:
    """Why nothing is asked now, when the next question is due, and what can be done."""
    cards = deck.of(unit) if unit else deck.cards
    if cards:
        first = cards[0].due
        number = sum(card.due == first for card in cards)
        what = f"{number} question{'' if number == 1 else 's'}"
        command = f"worktest review {unit[:2]} --all" if unit else "worktest review --all"
        when = f"{first:%d %b %Y} ({in_days(first)})"
        return f"Nothing is due. Next: {what} on {when}. `{command}` asks now all the same."
    if deck.waiting:
        numbers = ", ".join(name[:2] for name in deck.waiting)
        return (
            f"Nothing is in the review yet. A unit's questions come in when it is graded or all its checks are green; "
            f"`worktest review {deck.waiting[0][:2]}` brings them in now (there are questions for {numbers})."
        )
    return "Nothing is in the review yet: none of the units you started has exit questions. `worktest start 01` begins."


def in_days(day: dt.date) -> str:
    """A date as the distance from today."""
    days = (day - dt.date.today()).days
    return "today" if days <= 0 else "tomorrow" if days == 1 else f"in {days} days"


def _say(text: str) -> None:
    console.print(plain(text), markup=False, highlight=False, soft_wrap=not console.is_terminal)


def _sitting(home: Path, cards: list[reviews.Card], left: int) -> None:
    with contextlib.suppress(ImportError):
        import readline  # noqa: F401  # input() can then edit a line, and takes more than 4096 characters
    _say("Write your answer; a line with only a dot ends it. A dot alone says “I don't know”. Ctrl-C stops.")
    ratings = []
    for number, card in enumerate(cards, start=1):
        console.print()
        _say(f"Question {number} of {len(cards)} ({card.id})")
        console.print(Text(plain(card.question.ask.strip()), style="bold"))
        try:
            ratings.append(_ask(home, card))
        except EOFError:
            console.print()
            _say("The input ended; what you wrote is kept.")
            break
    console.print()
    missed = sum(rating == 1 for rating in ratings)
    rest = f" {left} more are due; run it again for them." if left > 0 else ""
    _say(f"{len(ratings)} asked, {missed} missed.{rest}")


def _ask(home: Path, card: reviews.Card) -> int:
    """One question from the answer to its rating; what was written is kept when it is broken off."""
    lines: list[str] = card.draft.split("\n") if card.draft else []
    done = card.draft_done
    if lines:
        _say("You wrote before:" if done else "You began before; go on, or end it with a dot:")
        _say(card.draft)
    try:
        if not done:
            _read_answer(lines)
            done = True
        answer = plain("\n".join(lines).strip(), reviews.MAX_ANSWER)
        _show(answer, card)
        rating = _read_rating(bool(answer))
        due = reviews.rate(home, card, rating, answer)
    except (KeyboardInterrupt, EOFError):
        if lines:
            reviews.keep_draft(home, card, "\n".join(lines), done=done)
        raise
    _say(f"{reviews.RATINGS[rating]}: asked again on {due:%d %b %Y} ({in_days(due)}).")
    if rating == 1:
        _say(f"To look again: {card.question.revisit}")
    return rating


def _read_answer(lines: list[str]) -> None:
    """Read lines into ``lines`` until one holds only a dot."""
    while True:
        try:
            line = input("> ")
        except UnicodeDecodeError:
            _say("That line is not UTF-8 text; write it again.")
            continue
        except KeyboardInterrupt:
            if half := _half_a_line():
                lines.append(half)
            raise
        if line.strip() == ".":
            return
        lines.append(line)


def _half_a_line() -> str:
    """What stands in the line that is being typed, where the terminal's line editor knows it."""
    editor = sys.modules.get("readline")
    return str(editor.get_line_buffer()).strip() if editor is not None and sys.stdin.isatty() else ""


def _show(answer: str, card: reviews.Card) -> None:
    mine = Text(answer or "(I don't know)")
    worked = Text(plain(flowing(card.question.answer)))
    if console.width >= _WIDE or max(len(mine), len(worked)) < 1_500:
        table = Table(show_lines=False, expand=True)
        table.add_column("you wrote", ratio=1, overflow="fold")
        table.add_column("worked answer", ratio=1, overflow="fold")
        table.add_row(mine, worked)
        console.print(table)
        return
    for heading, text in (("you wrote", mine), ("worked answer", worked)):  # long columns are hard to read
        console.rule(heading, align="left")
        console.print(text)


def _read_rating(has_answer: bool) -> int:
    if not has_answer:
        input("Without an answer it counts as missed. Enter when you have read the worked answer: ")
        return 1
    while True:
        rating = rating_of(input(f"{_CHOICES}\nHow did it go? "))
        if rating:
            return rating
        _say("1, 2, 3 or 4, please (or the first letters: missed, effort, got it, easy).")


def rating_of(text: str) -> int | None:
    """The rating that somebody typed: a number, or the beginning of its words."""
    wanted = text.strip().casefold()
    if wanted.isdecimal() and wanted.isascii():
        return int(wanted) if len(wanted) == 1 and int(wanted) in reviews.RATINGS else None
    names = {**reviews.RATINGS, 0: "effort"}
    hits = {number or 2 for number, words in names.items() if wanted and words.startswith(wanted)}
    return hits.pop() if len(hits) == 1 else None
