"""``worktest archive``: take everything that is yours."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console

from worktest import archive as archives
from worktest import paths
from worktest.archive_files import NAME
from worktest.commands.talk import say_line
from worktest.options import Space
from worktest.safe import counted, plain
from worktest.terminal import progress_bar

_SHOWN = 10


def archive(
    to: Annotated[
        str | None, typer.Option("--to", help=f"The file to write; default: {NAME}.zip in the workspace.")
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Also the grader's side of a workspace: gradebook, worked units.")
    ] = False,
    space: Space = None,
) -> None:
    """Write all your work, grades and records to one file that can be read without worktest."""
    home = paths.workspace(space)
    target = paths.given_path(to) if to else home / f"{NAME}.zip"
    if target.is_dir():
        target = target / f"{NAME}.zip"
    shown = Console(stderr=True)
    with progress_bar(shown, quiet=not shown.is_terminal) as step:
        step("packing")
        made = archives.make(home, target, everything=everything)
    telling = [line for line in made.left_out if ": hidden" not in line]
    for line in telling[:_SHOWN]:
        say_line(f"left out: {plain(line, 300)}")
    if more := len(made.left_out) - len(telling[:_SHOWN]):
        say_line(f"left out: {more} more, hidden ones among them; README.txt in it names them")
    said = f"{counted(made.files, 'file')}, {made.size / 10**6:.1f} MB unpacked, {counted(made.grades, 'graded cell')}"
    say_line(f"{made.path}: {said}")
