"""``worktest nuance``: sit the nuance check in a terminal, or score a sitting that was answered in JupyterLab."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from worktest import nuance as check
from worktest import paths, workspace
from worktest.commands.grader import grader
from worktest.errors import UserError
from worktest.options import AsJson, Folder, Space, Unit
from worktest.safe import plain
from worktest.terminal import print_json

console = Console()


def nuance(
    unit: Unit,
    space: Space = None,
    directory: Folder = None,
    practice: Annotated[bool, typer.Option("--practice", help="Draw seen claims again, once all were seen.")] = False,
    score: Annotated[bool, typer.Option("--score", help="Ask nothing: score the answered sitting.")] = False,
    as_json: AsJson = False,
) -> None:
    """Eight claims about the papers: how probable is it that each is true? Then the truth, and where it stands."""
    name = paths.resolve_unit(unit)
    folder = workspace.learner_folder(name, paths.workspace(space), directory)
    past, problems = check.sittings(folder)
    if not as_json:
        for problem in problems:
            console.print(f"note: {problem}", markup=False, highlight=False, soft_wrap=True)
    if score:
        if not past:
            raise UserError(f"no sitting of {name} was begun yet: run `worktest nuance {unit}`")
        sitting = past[-1]
    else:
        sitting = check.current(folder, practice=practice)
        _sit(folder, sitting, console if not as_json else Console(stderr=True))
    graded = sitting.grade or check.settle(folder, name, sitting, grader().truths(name, [c.id for c in sitting.claims]))
    if as_json:
        print_json(graded)
        return
    for line in report(graded):
        console.print(line, soft_wrap=True)


def _sit(folder: Path, sitting: check.Sitting, console: Console) -> None:
    """Ask for each open claim on ``console``; with ``--json`` that is stderr, so that stdout holds data alone."""
    console.print(f"Sitting {sitting.number} ({sitting.kind}).", highlight=False)
    console.print("For each claim: how probable is it, in percent, that it is true?")
    console.print("Close the papers; your own notes may stay open. 50 means that you don't know.")
    console.print("Ctrl-C keeps what you answered; the rest waits.\n")
    for claim in sitting.open_claims:
        position = sitting.claims.index(claim) + 1
        console.print(Text(f"{position} of {len(sitting.claims)}  {plain(claim.text)}"), soft_wrap=True)
        while True:
            said = (
                typer.prompt("   percent", prompt_suffix=" ", err=console.stderr)
                .strip()
                .removesuffix("%")
                .replace(",", ".")
            )
            try:
                check.answer(folder, sitting, claim.id, float(said) / 100)
                break
            except (ValueError, UserError):
                console.print("   a number from 0 to 100, for instance 70", markup=False)


def report(graded: dict[str, Any]) -> list[Text]:
    """The graded sitting for a terminal: the score, then each claim, the costliest first."""
    rows = sorted(graded["rows"], key=lambda row: -((row["probability"] - row["truth"]) ** 2))
    lines = [Text(f"\nBrier score {graded['brier']:.3f} over {len(rows)} claims (0 is perfect, 0.25 a coin).", "bold")]
    for row in rows:
        truth = "true" if row["truth"] else "not true"
        lines.append(Text(f"\n{plain(row['text'])}"))
        lines.append(Text(f"  {truth}; you said {row['probability']:.0%}", "bold"))
        lines.append(Text(f"  {plain(row['explanation'])}"))
        address = f" ({plain(row['url'])})" if row.get("url") else ""
        lines.append(Text(f"  {plain(row['source'])}, {plain(row['section'])}{address}", "dim"))
    return lines
