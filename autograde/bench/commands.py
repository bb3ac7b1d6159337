"""``autograde bench``: measure grading."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console

from autograde.bench.hub.commands import hub
from autograde.paths import resolve_units
from worktest.errors import UserError
from worktest.terminal import print_json, progress_bar

app = typer.Typer(help="Measure how long grading takes and what it needs, and a hub under load.", no_args_is_help=True)
app.command(name="hub")(hub)

_Json = Annotated[bool, typer.Option("--json", help="Print plain data.")]
_Workers = Annotated[int, typer.Option(min=1, help="Submissions that our side grades side by side.")]
_Seed = Annotated[int, typer.Option(help="Another one makes another class.")]
_MIX = "right,wrong,half,dies,blank,right,half,syntax"
_Kinds = Annotated[str, typer.Option(help="The mix of the class: right, half, wrong, blank, syntax, dies, cut.")]


@app.command()
def grade(
    unit: Annotated[str, typer.Argument(help="A unit by number or name.")] = "01",
    stock: Annotated[int, typer.Option(min=1, help="Submissions that nbgrader alone grades, the first of ours.")] = 8,
    ours: Annotated[int, typer.Option(min=1, help="Submissions that we grade.")] = 40,
    same: Annotated[
        int | None, typer.Option(min=0, help="How many of ours once more with explore cells; all when left out.")
    ] = None,
    blocks: Annotated[int, typer.Option(min=1, help="Blocks of nbgrader's, between blocks of ours.")] = 2,
    workers: _Workers = 2,
    seed: _Seed = 0,
    kinds: _Kinds = _MIX,
    quick: Annotated[bool, typer.Option("--quick", help="2 for nbgrader, 4 for us: does it run at all?")] = False,
    as_json: _Json = False,
) -> None:
    """Grade the same class with nbgrader as it comes and with ours, in turns: time, memory, scores cell by cell."""
    from autograde.bench.run import run
    from autograde.bench.submissions import read_kinds
    from autograde.bench.table import render, to_json

    with progress_bar(Console(stderr=True)) as step:
        outcome = run(
            _one(unit),
            stock_count=2 if quick else stock,
            ours_count=4 if quick else ours,
            same_count=same,
            blocks=1 if quick else blocks,
            workers=workers,
            seed=seed,
            cycle=read_kinds(kinds),
            progress=step,
        )
    if as_json:
        print_json(to_json(outcome))
    else:
        Console().print(render(outcome))


@app.command()
def flat(
    unit: Annotated[str, typer.Option(help="A unit by number or name; the first one is small.")] = "00",
    sizes: Annotated[str, typer.Option(help="Sizes of the batches, with commas.")] = "10,50,100,500",
    workers: _Workers = 2,
    seed: _Seed = 0,
    kinds: _Kinds = _MIX,
    as_json: _Json = False,
) -> None:
    """Grade batches of several sizes with ours alone: is the time for a submission flat, and the memory?"""
    from autograde.bench.flat import measure, render
    from autograde.bench.submissions import read_kinds

    numbers = [part.strip() for part in sizes.split(",")]
    if not all(number.isdecimal() and int(number) for number in numbers):
        raise UserError(f"--sizes takes numbers with commas, such as 10,50, not {sizes!r}")
    name = _one(unit)
    with progress_bar(Console(stderr=True)) as step:
        points = measure(
            name,
            [int(number) for number in numbers],
            workers=workers,
            seed=seed,
            cycle=read_kinds(kinds),
            progress=step,
        )
    if as_json:
        print_json({"unit": name, "workers": workers, "points": [point.to_json() for point in points]})
    else:
        Console().print(render(name, points))


def _one(unit: str) -> str:
    """The full name of a unit with graded cells. Raises UserError when it has none."""
    from autograde.paths import solutions
    from worktest.units import load_unit

    (name,) = resolve_units([unit])
    if not load_unit(solutions() / name).graded:
        raise UserError(f"{name} has no graded cell, so there is nothing to measure")
    return name
