"""How commands talk: JSON, text that a person wrote, questions with a level for an answer, lines until a dot."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

import typer
from rich.console import Console
from rich.table import Table

from worktest.prompts import Criterion, Prompt
from worktest.safe import plain

console = Console()


def say(text: object = "") -> None:
    """Print text that may come from anybody: nothing in it colours or moves anything."""
    console.print(plain(text, limit=60_000), markup=False, highlight=False, emoji=False, soft_wrap=False)


def say_line(text: object) -> None:
    """The same for one line that must stay one line, such as a path."""
    console.print(plain(text), markup=False, highlight=False, emoji=False, soft_wrap=True)


def frame(title: str, text: object) -> None:
    """A text of somebody between two rules."""
    from rich.text import Text

    console.rule(Text(plain(title, 200)), align="left", characters="-", style="default")
    say(text)
    console.rule(characters="-", style="default")


def table(title: str, *headings: str) -> Table:
    """A table whose cells are plain text; long cells wrap."""
    made = Table(title=title, title_justify="left", show_lines=True)
    for heading in headings:
        made.add_column(heading, overflow="fold")
    return made


def add_row(to: Table, *cells: object) -> None:
    """Add a row of text that may come from anybody."""
    from rich.text import Text

    to.add_row(*(Text(plain(cell)) for cell in cells))


def show_prompt(prompt: Prompt) -> None:
    """The title, the question and the limit."""
    say(f"{prompt.title} (at most {prompt.words} words)")
    say(prompt.question)


def ask(question: str) -> str:
    """One line of input. Raises typer.Abort when the input ends, or at Ctrl-C."""
    sys.stdout.write(question)
    sys.stdout.flush()
    if (line := _line()) is None:
        sys.stdout.write("\n")
        raise typer.Abort
    return line.strip()


def _line() -> str | None:
    """One line as it was typed; None when the input ends. Raises typer.Abort at Ctrl-C, on a line of its own."""
    try:
        return input().encode("utf-8", "replace").decode()
    except (EOFError, UnicodeDecodeError):
        return None
    except KeyboardInterrupt:
        sys.stdout.write("\n")
        sys.stdout.flush()
        raise typer.Abort from None


def lines_until_dot() -> Iterator[str]:
    """Lines of input until one that holds only a dot, or until the input ends. Raises typer.Abort at Ctrl-C."""
    while (line := _line()) is not None and line.strip() != ".":
        yield line


def ask_level(
    criterion: Criterion, number: int, total: int, before: int | None = None, *, back: bool = True
) -> int | None:
    """Show a criterion with its levels and ask for one; None for "back". Raises typer.Abort when the input ends."""
    back = back and number > 1
    say(f"\n{number} of {total}: {criterion.asks}")
    for level, text in enumerate(criterion.levels):
        say(f"  {level}  {text}")
    was = f", now {before}" if before is not None else ""
    or_back = ", b: back" if back else ""
    while True:
        given = ask(f"level 0 to {criterion.top}{was}{or_back}: ")
        if given == "b" and back:
            return None
        if given.isascii() and given.isdigit() and len(given) < 3 and int(given) <= criterion.top:
            return int(given)
        say(f"a number from 0 to {criterion.top}")


def ask_levels(criteria: list[Criterion], known: dict[str, int], give: Callable[[str, int], None]) -> None:
    """Ask for each level that is not ``known`` yet and hand it to ``give`` at once; "b" goes one back."""
    place = next((i for i, criterion in enumerate(criteria) if criterion.id not in known), len(criteria))
    while place < len(criteria):
        criterion = criteria[place]
        level = ask_level(criterion, place + 1, len(criteria), known.get(criterion.id))
        if level is None:
            place -= 1
            continue
        give(criterion.id, level)
        known[criterion.id] = level
        place += 1
