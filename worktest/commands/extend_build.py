"""``worktest extend build``: make the paper and all that goes with it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from worktest import paths
from worktest.commands import talk
from worktest.extend import folder as folders
from worktest.options import AsJson, ResearchName, Space
from worktest.safe import counted, plain
from worktest.terminal import print_json, progress_bar

if TYPE_CHECKING:
    from worktest.extend.build import Built


def build(
    name: ResearchName = None,
    latex: Annotated[
        bool, typer.Option("--latex", help="Compile paper.tex with the LaTeX of this machine, if it has one.")
    ] = False,
    space: Space = None,
    as_json: AsJson = False,
) -> None:
    """Make figures, table.md, log.md, requirements.lock, paper.tex and paper.pdf. Your own files are only read."""
    from worktest.extend import build as build_module  # what it needs would slow down every other command

    research = folders.find(name, paths.workspace(space))
    with progress_bar(Console(stderr=True), quiet=as_json) as step:
        built = build_module.build(research, step, latex=latex)
    if as_json:
        print_json(built.to_json())
    else:
        _say(built, research)
    if built.problems:
        raise typer.Exit(1)


def _say(built: Built, research: folders.Research) -> None:
    from worktest.extend import build as build_module

    for path in built.files:
        talk.say_line(f"made: {path.relative_to(research.path)}")
    for line in built.problems:
        sys.stderr.write(f"note: {plain(line)}\n")
    if built.pages:
        with_what = "without LaTeX" if built.made_with == "worktest" else f"with {built.made_with}"
        talk.say_line(f"{build_module.PDF}: {counted(built.pages, 'page')}, made {with_what}, in {research.path}")
