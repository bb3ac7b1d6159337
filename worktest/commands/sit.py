"""``worktest sit``: the empirical reasoning test in a terminal, timed or for practice, and its score."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markdown import Markdown

from worktest import clock, paths, workspace
from worktest.cases import record, report
from worktest.cases.answer import favourites, number_of, probabilities_of, probability_of
from worktest.cases.record import Sitting
from worktest.cases.sheet import Sheet
from worktest.commands import talk
from worktest.commands.grader import grader
from worktest.errors import UserError
from worktest.options import AsJson, Folder, Space, Unit
from worktest.prompts import defence_of, read_prompts
from worktest.safe import counted, plain
from worktest.terminal import print_json
from worktest.units import load_unit

console = Console()
_DECLARE = "I will answer without a language model. (y/n) "
_USED = 'Did you use a language model? "none", or for what: '


def sit(
    unit: Unit,
    scenario: Annotated[str | None, typer.Argument(help="With --practice: which scenario.")] = None,
    timed: Annotated[str | None, typer.Option("--timed", help="A limit for a new sitting: 60m, 1h30.")] = None,
    practice: Annotated[
        bool, typer.Option("--practice", help="One scenario, no clock; it counts for nothing.")
    ] = False,
    begin: Annotated[bool, typer.Option("--begin", help="Only draw the sitting, and ask nothing.")] = False,
    no_llm: Annotated[
        bool | None, typer.Option("--no-llm/--llm", help="Declare that no language model is used.")
    ] = None,
    score: Annotated[bool, typer.Option("--score", help="Ask nothing: score the open sitting as it stands.")] = False,
    used: Annotated[str | None, typer.Option("--used", help="With --score: what an LLM was used for, or none.")] = None,
    listing: Annotated[bool, typer.Option("--list", help="Show the scenarios and your sittings.")] = False,
    space: Space = None,
    directory: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Four scenarios with fresh data: numbers, probabilities, the next experiment. Then the truth behind the data."""
    name = paths.resolve_unit(unit)
    home = paths.workspace(space)
    folder = workspace.learner_folder(name, home, directory)
    if not load_unit(folder).scenarios:
        raise UserError(f"{name} has no scenarios to sit: that is the empirical reasoning test, `worktest start 06`")
    if as_json and not (begin or score or listing):
        raise UserError("--json asks nothing: it goes with --begin, --score or --list")
    past, problems = record.sittings(folder)
    if not as_json:
        for problem in problems:
            talk.say_line(f"note: {problem}")
    if listing:
        _list(name, folder, past, as_json)
        return
    sitting = record.open_sitting(folder)
    if score:
        if sitting is None:
            raise UserError(f"no sitting of {name} is open: begin one with `worktest sit {name[:2]}`")
    elif sitting is None:
        limit = None if timed is None else clock.minutes_of(timed)
        if practice != (scenario is not None):
            raise UserError(
                f"say which scenario to practise: `worktest sit {name[:2]} ID --practice` (--list shows them)"
            )
        if practice and limit is not None:
            raise UserError("practice has no clock: leave --timed out")
        sitting = _begin(name, home, folder, past, scenario, limit, no_llm, quiet=as_json or begin)
    elif scenario is not None or practice or timed is not None or begin:
        raise UserError(f"sitting {sitting.number} is open: `worktest sit {name[:2]}` goes on, --score ends it")
    if begin:
        print_json(_state(folder, sitting)) if as_json else talk.say_line(f"drawn: {', '.join(sitting.scenarios)}")
        return
    if not score:
        _ask_all(folder, name, sitting)
    if sitting.used is None:
        record.declare(folder, sitting, used if used is not None else _used(sitting, score or as_json))
    answers = record.answers_of(folder, sitting)
    sheets = record.sheets_of(folder, sitting)
    rows = grader().settle_cases(name, workspace.prepare(home), sitting.nonce, answers, sheets)
    graded = record.settle(folder, name, sitting, rows)
    if as_json:
        print_json(graded)
        return
    console.print(Markdown(report.as_markdown(graded)))
    for scene in sitting.scenarios:
        talk.say_line(f"the discussion: {sitting.folder(folder, scene) / 'discussion.md'}")


# Begin and end ---------------------------------------------------------------------------------------------------


def _begin(
    name: str, home: Path, folder: Path, past: list[Sitting], wanted: str | None, limit: float | None,
    no_llm: bool | None, *, quiet: bool,
) -> Sitting:  # fmt: skip
    known = grader().scenario_titles(name)
    practice = wanted is not None
    if wanted is not None and wanted not in known:
        raise UserError(f"{name} has no scenario {plain(wanted, 40)!r}; there are: {', '.join(known)}")
    fresh = [scene for scene in known if scene not in record.seen(past)]
    count = min(record.A_SITTING, len(known))
    if not practice and len(fresh) < count:
        raise UserError(
            f"you have seen {len(known) - len(fresh)} of the {counted(len(known), 'scenario')}, and {len(fresh)} are "
            f"too few for a sitting; practise one again: `worktest sit {name[:2]} ID --practice`"
        )
    if not practice and no_llm is None and not quiet:
        talk.say("The work test is done without a language model; here nobody checks, you declare it.")
        no_llm = talk.ask(_DECLARE).lower() in ("y", "yes")
    nonce = record.new_nonce()
    cases = grader().open_cases(
        name, workspace.prepare(home), nonce, [wanted] if wanted else fresh, 1 if wanted else count
    )
    return record.begin(folder, nonce, cases, practice=practice, limit=limit, llm_off=bool(no_llm))


def _used(sitting: Sitting, silent: bool) -> str:
    if sitting.practice:
        return "not asked: practice"
    if silent:
        raise UserError('declare it: --used "none", or what a language model was used for')
    return talk.ask(_USED) or "no answer"


# Ask -------------------------------------------------------------------------------------------------------------


def _ask_all(folder: Path, name: str, sitting: Sitting) -> None:
    """Ask for each open scenario; what was said is kept at once, so Ctrl-C loses nothing."""
    record.start_clock(folder, sitting)  # a sitting that a facilitator drew has none yet
    talk.say(f"Sitting {sitting.number} ({sitting.kind}). Ctrl-C keeps what you said; the rest waits.")
    for scene in list(sitting.left):
        case = record.case_of(folder, sitting, scene)
        if sitting.limit is not None and (running := clock.find(folder)) is not None:
            talk.say_line(f"clock: {clock.one_line(running)}")
        console.rule(f"{sitting.scenarios.index(scene) + 1} of {len(sitting.scenarios)}", characters="-")
        console.print(Markdown(case.as_markdown()))
        talk.say_line(f"tables and figures: {case.folder}")
        said = record.draft(folder, sitting, scene)
        _ask_one(case.sheet, said, partial(record.keep_draft, folder, sitting, scene))
        record.commit(folder, sitting, scene, said)
        asked = defence_of(read_prompts(folder), scene)
        more = "" if asked is None else f" Your defence, in {asked.words} words: `worktest form {name[:2]} {asked.id}`"
        talk.say_line(f"written down.{more}")


def _ask_one(sheet: Sheet, said: dict[str, Any], keep: Callable[[dict[str, Any]], None]) -> None:
    """Ask for each part of an answer that ``said`` lacks, and hand it to ``keep`` after each."""
    numbers = said.setdefault("numbers", {})
    talk.say("\nNumbers: a value, or a value and two ends with blanks between. 4 % is 0.04. Empty: left out.")
    for ask in sheet.numbers:
        if ask.id not in numbers or None in (numbers[ask.id] or []):  # a row that was half filled in JupyterLab
            numbers[ask.id] = _until(f"  {ask.id}: ", partial(_number, ask.interval, ask.id))
            keep(said)
    if not _whole(sheet, said.get("probabilities", {})):
        said["probabilities"] = _probabilities(sheet)
        said.pop("lean", None)
        keep(said)
    if "lean" not in said:
        best = favourites(said["probabilities"])
        said["lean"] = best[0] if len(best) == 1 else _until(
            f"  which of {', '.join(best)} is your change of mind about? ", partial(_one_of, best)
        )  # fmt: skip
        keep(said)
    names = [trial.id for trial in sheet.experiments]
    if "experiment" not in said:
        said["experiment"] = _until(f"The next experiment ({', '.join(names)}): ", partial(_one_of, names))
        keep(said)
    outcome = next(trial.outcome for trial in sheet.experiments if trial.id == said["experiment"])
    for key, words in (("if_yes", f"if it comes ({outcome})"), ("if_no", "if it does not come")):
        if key not in said:
            said[key] = _until(f"  {said['lean']}, {words}, percent: ", partial(_percent, key))
            keep(said)


def _until(question: str, read: Callable[[str], Any]) -> Any:
    """Ask until ``read`` takes it."""
    while True:
        try:
            return read(talk.ask(question))
        except UserError as problem:
            talk.say(f"  {problem}")


def _number(interval: bool, name: str, text: str) -> list[float] | None:
    if not text:
        return None
    try:
        values = [float(part.rstrip(",;")) for part in text.replace("(", " ").replace(")", " ").split()]
    except ValueError:
        raise UserError(f"{name}: numbers with blanks between, for instance 0.04 -0.01 0.09") from None
    return list(number_of(interval, values, name))


def _percent(name: str, text: str) -> float:
    try:
        return probability_of(float(text.rstrip("% ").replace(",", ".")) / 100, name)
    except ValueError:
        raise UserError("a number from 0 to 100") from None


def _whole(sheet: Sheet, given: dict[str, Any]) -> bool:
    """Whether these are the case's probabilities, and sum to 1."""
    try:
        return bool(probabilities_of(sheet, given))
    except UserError:
        return False


def _probabilities(sheet: Sheet) -> dict[str, float]:
    while True:
        talk.say("Probabilities in percent; they sum to 100.")
        found = {o.id: _until(f"  {o.id}: ", partial(_percent, o.id)) for o in sheet.explanations}
        total = 100 * sum(found.values())
        if abs(total - 100) <= 1.01:
            return found
        talk.say(f"  they sum to {total:g}: again, please")


def _one_of(names: list[str], text: str) -> str:
    if text not in names:
        raise UserError(f"one of {', '.join(names)}")
    return text


# Show ------------------------------------------------------------------------------------------------------------


def _list(name: str, folder: Path, past: list[Sitting], as_json: bool) -> None:
    scenarios = load_unit(folder).scenarios
    if as_json:
        print_json({"scenarios": scenarios, "sittings": [_state(folder, sitting) for sitting in past]})
        return
    times = {scene: sum(scene in sitting.scenarios for sitting in past) for scene in scenarios}
    for scene in scenarios:
        drawn = f"drawn {counted(times[scene], 'time')}"
        talk.say_line(f"{scene}: {drawn if times[scene] else 'not seen yet'}")
    for sitting in past:
        told = (
            report.headline(sitting.grade) if sitting.grade else f"open, {counted(len(sitting.left), 'scenario')} left"
        )
        talk.say_line(f"sitting {sitting.number} ({sitting.kind}): {told}")


def _state(folder: Path, sitting: Sitting) -> dict[str, Any]:
    return {
        "number": sitting.number,
        "scenarios": sitting.scenarios,
        "left": sitting.left,
        "practice": sitting.practice,
        "first": sitting.first,
        "limit_minutes": sitting.limit,
        "llm_off": sitting.llm_off,
        "folders": {scene: str(sitting.folder(folder, scene)) for scene in sitting.scenarios},
        "summary": report.summary_of(sitting.grade) if sitting.grade else None,
    }
