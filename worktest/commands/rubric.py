"""``worktest rubric``: score three samples with the rubric, see how far from the reference, then score the own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from worktest import paths, prompts, rubrics, workspace
from worktest.commands import talk
from worktest.commands.grader import grader
from worktest.errors import UserError
from worktest.options import AsJson, Folder, Space, Unit
from worktest.prompts import NEVER_SCORED, Prompt
from worktest.rubrics import Sitting
from worktest.safe import flowing
from worktest.terminal import print_json

_NEXT = {
    "own": "not begun",
    "samples": "samples to score",
    "distance": "distance to see",
    "score own": "own answer to score",
    "done": "done",
}


def rubric(
    unit: Unit,
    prompt: Annotated[str | None, typer.Argument(metavar="ID", help="A prompt; without it, all are listed.")] = None,
    space: Space = None,
    directory: Folder = None,
    reveal: Annotated[
        bool, typer.Option("--reveal", help="Only show the distance; refused before all samples are scored.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Score three sample answers and then your own with the rubric of a prompt; stop and go on as you like."""
    name = paths.resolve_unit(unit)
    folder = workspace.learner_folder(name, paths.workspace(space), directory)
    asked = prompts.read_prompts(folder)
    if prompt is None:
        _list(folder, name, asked, as_json)
        return
    wanted = prompts.prompt_of(asked, prompt, name)
    if reveal:
        found = _reveal(folder, name, wanted)
        if as_json:
            print_json(found)
        else:
            show_distance(wanted, found)
    elif as_json:
        print_json(rubrics.sitting(folder, wanted).to_json())
    else:
        _sit(folder, name, wanted)


def _list(folder: Path, unit: str, asked: dict[str, Prompt], as_json: bool) -> None:
    now = [rubrics.sitting(folder, prompt) for prompt in asked.values()]
    if not now:
        raise UserError(f"{unit} has no written prompts")
    if as_json:
        print_json([sitting.to_json() for sitting in now])
        return
    table = talk.table(f"{unit}: written answers and their rubrics", "prompt", "title", "state", "own score")
    for sitting in now:
        points = f"{sum(sitting.own_scores.values())} of {sitting.prompt.points}" if sitting.step == "done" else ""
        talk.add_row(table, sitting.prompt.id, sitting.prompt.title, _NEXT[sitting.step], points)
    talk.console.print(table)


def _sit(folder: Path, unit: str, prompt: Prompt) -> None:
    now, said = rubrics.commit(folder, prompt, unit[:2])
    for problem in now.problems:
        talk.say_line(f"note: {problem}")
    talk.say(said)
    talk.say(f"Each answer is kept when you give it; Ctrl-C stops, the same command goes on. {NEVER_SCORED}\n")
    talk.show_prompt(prompt)
    while now.step == "samples":
        sample = now.open_samples()[0]
        talk.say()
        talk.frame(f"sample {now.order.index(sample.id) + 1} of {len(now.order)}", flowing(sample.text))
        _score(folder, prompt, sample.id, dict(now.samples.get(sample.id, {})))
        now = rubrics.sitting(folder, prompt)
    first = now.shown is None
    if first:
        talk.say("\nAll samples are scored. How far you are from the reference:")
    show_distance(prompt, _reveal(folder, unit, prompt), whole=first)
    now = rubrics.sitting(folder, prompt)
    if now.own is not None and now.step == "score own":
        talk.say("\nNow your own answer, with the same eyes:")
        talk.frame(f"your answer, version {now.versions}, {now.own.get('words')} words", now.own["text"])
        _score(folder, prompt, "own", dict(now.own_scores))
        now = rubrics.sitting(folder, prompt)
    show_own(now)


def _score(folder: Path, prompt: Prompt, of: str, known: dict[str, int]) -> None:
    def give(criterion: str, level: int) -> None:
        rubrics.score(folder, prompt, of, criterion, level)

    talk.ask_levels(prompt.criterion, known, give)


def _reveal(folder: Path, unit: str, prompt: Prompt) -> dict[str, Any]:
    """The distance; the grader's side is asked only when the samples are scored, and may be missing."""
    if (now := rubrics.sitting(folder, prompt)).own is None or (now.shown is None and now.open_samples()):
        return rubrics.reveal(folder, prompt, None)  # refuses in one line
    note = ""
    try:
        reference = grader().reference_scores(unit, prompt.id)
    except (ImportError, UserError) as problem:
        reference, note = None, str(problem)
    found = rubrics.reveal(folder, prompt, reference)
    return {**found, "note": note}


def show_distance(prompt: Prompt, found: dict[str, Any], *, whole: bool = True) -> None:
    """The distance by criterion and sample, with the reference's reasons if ``whole``."""
    asks = {criterion.id: criterion.asks for criterion in prompt.criterion}
    if whole and found["rows"]:
        table = talk.table("", "sample", "criterion", "you", "reference", "the reference's reason")
        order = list(dict.fromkeys(row["sample"] for row in found["rows"]))
        for row in found["rows"]:
            number = f"{order.index(row['sample']) + 1} ({found['levels'].get(row['sample'])})"
            theirs = f"{row['reference']}" + (f" ({-row['difference']:+d})" if row["difference"] else "")
            talk.add_row(table, number, asks[row["criterion"]], row["yours"], theirs, row["reason"])
        talk.console.print(table)
        for criterion, distance in found["by_criterion"].items():
            talk.say(f"{asks[criterion]}: {distance:.2f} levels apart on average")
    for line in found["says"]:
        talk.say(line)
    if found.get("note"):
        talk.say_line(f"note: {found['note']}")


def show_own(now: Sitting) -> None:
    """The own answer's levels in words, and their sum."""
    talk.say(f"\nYour own answer (version {now.versions}):")
    for criterion in now.prompt.criterion:
        if criterion.id in now.own_scores:
            level = now.own_scores[criterion.id]
            talk.say(f"  {level} of {criterion.top}  {criterion.asks}: {criterion.levels[level]}")
    talk.say(f"{sum(now.own_scores.values())} of {now.prompt.points} points by your own reading. {NEVER_SCORED}")
