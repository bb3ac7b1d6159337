"""``worktest extend``: a research folder from one's own work test, its registration, its runs, its log."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer
from rich.console import Console
from typer.core import TyperGroup

from worktest import paths, workspace
from worktest.commands import extend_build, extend_grant, talk
from worktest.commands.extend_check import check
from worktest.commands.extend_explain import explain
from worktest.extend import folder as folders
from worktest.extend import log as log_module
from worktest.extend import run as run_module
from worktest.extend.results import comparison_table, condition_table, named
from worktest.extend.state import state_of
from worktest.journal import Journal
from worktest.options import AsJson, Folder, ResearchIn, ResearchName, Space, Unit
from worktest.safe import counted
from worktest.terminal import print_json, progress_bar

HELP = "Carry your work test on: `worktest extend UNIT NAME` makes a research folder; the rest works on one."


class _UnitFirst(TyperGroup):
    """``worktest extend 01 NAME`` means ``worktest extend new 01 NAME``: a unit is never called like a command."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put ``new`` before a unit."""
        if args and not args[0].startswith("-") and args[0] not in self.commands:
            args = ["new", *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=_UnitFirst,
    help=HELP,
    no_args_is_help=True,
)


def research_of(name: str | None, space: str | None) -> folders.Research:
    """The research folder that a command means."""
    return folders.find(name, paths.workspace(space))


@app.command("new", hidden=True)
def new(
    unit: Unit,
    name: Annotated[str, typer.Argument(help="A short name: small letters, digits, dashes.")],
    space: Space = None,
    directory: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Make a research folder from your own work test of a unit."""
    full = paths.resolve_unit(unit)
    home = workspace.prepare(paths.workspace(space))
    made = folders.make(full, name, home, workspace.learner_folder(full, home, directory))
    if as_json:
        print_json({"folder": str(made.research.path), "unwritten": made.unwritten, "problems": made.problems})
        return
    talk.say_line(f"made: {made.research.path}")
    for line in made.problems:
        talk.say_line(f"note: {line}")
    if made.unwritten:
        talk.say_line(f"note: in your work test these are still stubs: {', '.join(made.unwritten)}")
    talk.say("Next: read left_open.md, write plan.toml, then `worktest extend register`.")


@app.command("list")
def list_all(space: Space = None, as_json: AsJson = False) -> None:
    """List your research folders and how far each one is."""
    there = folders.all_in(paths.workspace(space))
    if as_json:
        print_json([{**state_of(one).to_json(), "folder": str(one.path)} for one in there])
        return
    if not there:
        talk.say("There is no research folder yet; make one with `worktest extend UNIT NAME`.")
    for one in there:
        talk.say_line(f"{one.name}: {state_of(one)}")


@app.command("register")
def register(name: ResearchName = None, space: Space = None, as_json: AsJson = False) -> None:
    """Hash the plan into the journal: what you expect then stands before what comes."""
    research = research_of(name, space)
    made = log_module.register(research.path, research.plan())
    if as_json:
        print_json({"number": made.number, "digest": made.digest, "time": made.time})
        return
    talk.say_line(f"registered: {made.digest}, {made.time}" + (f" (revision {made.number})" if made.number > 1 else ""))
    if made.number > 1:
        talk.say("The first registration stays in the journal. Say what changed: `worktest extend deviate`.")
    talk.say("The hash shows others that nothing changed only if they have it: send it to somebody, or post it, today.")


@app.command("predict", context_settings={"ignore_unknown_options": True})  # -0.5 is a number
def predict(
    what: Annotated[str, typer.Argument(metavar="COMPARISON", help="A comparison of plan.toml.")],
    value: Annotated[float, typer.Argument(help="Your best guess, in the measure's unit.")],
    low: Annotated[float, typer.Argument(help="The low end of your interval.")],
    high: Annotated[float, typer.Argument(help="Its high end.")],
    sure: Annotated[float, typer.Option("--sure", help="How sure you are that it holds, 0 to 1.")] = 0.8,
    folder: ResearchIn = None,
    space: Space = None,
) -> None:
    """Predict a comparison before it is run: best guess, low end, high end; `predict main 0.4 0.1 0.9 --sure 0.8`."""
    research = research_of(folder, space)
    research.plan().comparison_of(what)
    Journal(research.path).predict(what, value, (low, high), sure)


@app.command("run")
def run(
    name: ResearchName = None,
    condition: Annotated[list[str] | None, typer.Option("--condition", help="Only this one; may stand again.")] = None,
    seed: Annotated[list[int] | None, typer.Option("--seed", help="Only this one; may stand again.")] = None,
    again: Annotated[bool, typer.Option("--again", help="Run what has a result, too; the log says so.")] = False,
    pilot: Annotated[bool, typer.Option("--pilot", help="Try things out: other seeds, kept in pilot.csv.")] = False,
    space: Space = None,
    as_json: AsJson = False,
) -> None:
    """Run every condition and seed of the plan that has no result yet. Ctrl-C stops; the same command goes on."""
    research = research_of(name, space)
    with progress_bar(Console(stderr=True), quiet=as_json) as step:
        done = run_module.run(
            research,
            condition,
            seed,
            again=again,
            pilot=pilot,
            progress=lambda text, at, of: step(f"{at} of {of}: {text}" if at else text),
        )
    lines = [] if pilot or not done.finished else run_module.measure_all(research)
    if as_json:
        print_json(done.to_json())
    else:
        _say_done(done, pilot)
        for line in lines:
            talk.say_line(line)
    if done.failed:
        raise typer.Exit(1)


def _say_done(done: run_module.Done, pilot: bool) -> None:
    for (condition, seed), why in done.failed.items():
        talk.say_line(f"failed: {condition}, seed {seed}: {why}")
    for line in done.notes:
        talk.say_line(f"note: {line}")
    where = log_module.PILOT if pilot else log_module.RESULTS
    there = f"; {done.skipped} had a result already" if done.skipped else ""
    talk.say_line(f"{counted(done.finished, 'run')} in {done.seconds:.1f} s, kept in {where}{there}")
    if done.failed:
        failed = counted(len(done.failed), "run")
        talk.say_line(f"{failed} failed; the log keeps that, and {run_module.OUTPUT} has what was printed")


@app.command("note")
def note(
    text: Annotated[str, typer.Argument(help="What you noticed, in a sentence.")],
    folder: ResearchIn = None,
    space: Space = None,
) -> None:
    """Write a line into the experiment log."""
    made = log_module.note(research_of(folder, space).path, text)
    talk.say_line(f"written down, {made.time}")


@app.command("deviate")
def deviate(
    what: Annotated[str, typer.Argument(help="What is done otherwise than registered.")],
    because: Annotated[str, typer.Option("--because", help="Why.")],
    folder: ResearchIn = None,
    space: Space = None,
) -> None:
    """Log a deviation from the registration. The paper must tell it, too."""
    made = log_module.deviate(research_of(folder, space).path, what, because)
    talk.say_line(f"deviation {made.number} written down, {made.time}; the paper's section on deviations must tell it")


@app.command("table")
def table(name: ResearchName = None, space: Space = None, as_json: AsJson = False) -> None:
    """Show the results: means over seeds, differences paired by seed, 95 % intervals."""
    research = research_of(name, space)
    plan, results = research.plan(), research.results()
    if as_json:
        estimates = named(plan, results)
        print_json(
            {key: {k: getattr(e, k) for k in ("mean", "low", "high", "n", "unit")} for key, e in estimates.items()}
        )
        return
    if not results.rows:
        talk.say("There are no results yet: `worktest extend run`.")
    tables = {"Means over seeds, with 95 % intervals": condition_table(plan, results)}
    tables["Differences paired by seed"] = comparison_table(plan, results)
    for title, (header, *rows) in tables.items():
        shown = talk.table(title, *header)
        for row in rows:
            talk.add_row(shown, *row)
        if rows:
            talk.console.print(shown)
    for line in results.problems:
        sys.stderr.write(f"note: {line}\n")


app.command("build")(extend_build.build)
app.command("grant")(extend_grant.grant)


@app.command("handin")
def handin(name: ResearchName = None, space: Space = None, as_json: AsJson = False) -> None:
    """Pack the folder, and put the paper where the capstone's rubric and your peers read it."""
    from worktest.extend.hand_in import hand_in

    made = hand_in(research_of(name, space), paths.workspace(space))
    if as_json:
        print_json(
            {"archive": str(made.archive), "draft": str(made.draft) if made.draft else None, "notes": made.notes}
        )
        return
    talk.say_line(f"archive: {made.archive}")
    if made.draft:
        talk.say_line(f"draft without your name: {made.draft}")
        talk.say("Next: `worktest rubric 19 cap-write-up`, and `worktest peers pack 19 cap-write-up` for two peers.")
    for line in made.notes:
        talk.say_line(f"note: {line}")


app.command("check")(check)
app.command("explain")(explain)
