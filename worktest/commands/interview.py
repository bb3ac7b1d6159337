"""``worktest interview``: rehearse the talk about your own work."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console

from worktest import paths, workspace
from worktest.commands.talk import say_line
from worktest.errors import UserError
from worktest.interview import build, record
from worktest.interview.material import FOLDER, Material, gather
from worktest.interview.summary import as_markdown
from worktest.interview.terminal import Sitting, Stopped
from worktest.options import AsJson, Folder, Space, Unit
from worktest.terminal import print_json

console = Console()


def interview(
    unit: Unit,
    mode: Annotated[str | None, typer.Option(help="written (default), spoken, or pair (two people).")] = None,
    questions: Annotated[int | None, typer.Option(help="How many questions; default 8.")] = None,
    seed: Annotated[int | None, typer.Option(help="Draw the questions of this seed again.")] = None,
    minutes: Annotated[float | None, typer.Option(help="Offer a timer of so many minutes; it pauses.")] = None,
    new: Annotated[bool, typer.Option("--new", help="Draw anew, even if the last rehearsal is not finished.")] = False,
    in_advance: Annotated[bool, typer.Option("--in-advance", help="Write the questions into questions.md.")] = False,
    letter: Annotated[bool, typer.Option("--letter", help="Write a letter that asks for adjustments.")] = False,
    terminal: Annotated[bool, typer.Option("--terminal", help="Rehearse here, without a browser.")] = False,
    summary: Annotated[bool, typer.Option("--summary", help="Show what to shore up after the last one.")] = False,
    space: Space = None,
    directory: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Rehearse the interview: questions about your own decisions, predictions, results, raw samples and code."""
    if terminal and as_json:
        raise UserError("--terminal is a talk and --json is data: leave one of them out")
    name = paths.resolve_unit(unit)
    home = paths.workspace(space)
    folder = workspace.learner_folder(name, home, directory)
    if letter:
        made = build.write_letter(folder)
        _tell(made, as_json, {})
        return
    material = gather(name, folder, home)
    if summary:
        rehearsals, problems = record.read(folder)
        if not rehearsals:
            raise UserError(f"there is no rehearsal of {name} yet; begin with `worktest interview {unit}`")
        made, said = build.write_summary(material, rehearsals[-1])
        made.notes += problems
        if not as_json:
            console.print(as_markdown(said), markup=False, highlight=False, soft_wrap=True)
        _tell(made, as_json, {"practise": said.practise, "revisit": [[place, why] for place, why in said.revisit]})
        return
    rehearsal, is_new = build.rehearsal_for(material, mode=mode, count=questions, seed=seed, minutes=minutes, new=new)
    made = build.write_files(material, rehearsal)
    if in_advance:
        early = build.write_questions(material, rehearsal)
        made.files += early.files
        made.notes += early.notes
    made.notes = [*material.notes, *made.notes]
    asked = [question.id for question in rehearsal.questions]
    about = {"rehearsal": rehearsal.number, "seed": rehearsal.seed, "mode": rehearsal.mode, "questions": asked}
    if not as_json:
        state = "new" if is_new else "not finished yet, so it goes on (--new draws another)"
        console.print(
            f"Rehearsal {rehearsal.number}: {len(asked)} questions, seed {rehearsal.seed}, {rehearsal.mode}; {state}.",
            markup=False, highlight=False, soft_wrap=True,
        )  # fmt: skip
    _tell(made, as_json, about)
    if terminal:
        _sit(Sitting(rehearsal, console, input), material)
    elif not as_json:
        last = "mentor_part.html is for your partner, walkthrough.pdf for you." if rehearsal.mode == "pair" else ""
        console.print(
            f"Open {name}/{FOLDER}/rehearsal.ipynb in `worktest lab`, or add --terminal to rehearse here. {last}",
            markup=False, highlight=False, soft_wrap=True,
        )  # fmt: skip


def _sit(sitting: Sitting, material: Material) -> None:
    try:
        sitting.run()
    except Stopped:
        console.print("\nStopped. Everything you gave is kept; the same command goes on from here.")
        raise typer.Exit(130) from None
    _, said = build.write_summary(material, sitting.rehearsal)
    console.print(as_markdown(said), markup=False, highlight=False, soft_wrap=True)


def _tell(made: build.Made, as_json: bool, about: dict[str, object]) -> None:
    """Files and notes, for a person or as JSON."""
    notes = list(dict.fromkeys(made.notes))
    if as_json:
        data = {**about, "files": [str(path) for path in made.files], "notes": notes}
        print_json(data)
        return
    for note in notes:
        say_line(f"note: {note}")
    for path in made.files:
        say_line(f"made: {path}")
