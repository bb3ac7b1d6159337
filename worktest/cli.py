"""The ``worktest`` command: the learner's side."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from worktest import __version__, hints, paths, workspace
from worktest.commands import archive, extend, form, models, peers, rubric, work_test
from worktest.commands import progress as progress_command
from worktest.commands import review as review_command
from worktest.commands.grader import grader
from worktest.commands.interview import interview
from worktest.commands.journal import journal
from worktest.commands.nuance import nuance
from worktest.commands.routes import routes
from worktest.commands.shortlist import shortlist
from worktest.commands.sit import sit
from worktest.commands.talk import add_row, say_line
from worktest.errors import UserError
from worktest.options import AsJson, Folder, NoSandbox, Space, Unit
from worktest.terminal import print_json, progress_bar, run_app
from worktest.units import load_unit

app = typer.Typer(
    help="Rehearse AI-safety work tests: start a unit, work in JupyterLab, check, grade.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
console = Console()


def _version(wanted: bool) -> None:
    if wanted:
        console.print(f"worktest {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show it and exit.")
    ] = False,
) -> None:
    pass


@app.command()
def lab(
    space: Space = None,
    browser: Annotated[
        bool | None, typer.Option("--browser/--no-browser", help="Default: if there is a display.")
    ] = None,
    port: Annotated[int | None, typer.Option(help="Port to serve on; default: the first free one from 8888.")] = None,
    skip_doctor: Annotated[bool, typer.Option("--skip-doctor", help="Do not check the machine first.")] = False,
) -> None:
    """Check the machine, put the first units into the workspace, open JupyterLab there."""
    from worktest import doctor as doctor_module
    from worktest.lab import launch

    folder = workspace.prepare(paths.workspace(space))
    if not skip_doctor:
        findings = doctor_module.run_doctor(folder)
        console.print(doctor_module.render(findings))
        if any(finding.status == "fail" for finding in findings):
            raise UserError("the machine is not ready: see the lines marked fail above", exit_code=1)
    for made in workspace.first_units(folder):
        console.print(f"new in your workspace: {made.name}")
    _prepare_course(folder)
    launch(folder, open_browser=browser, port=port)


def _prepare_course(folder: Path) -> None:
    """Give formgrader its course. The grader's side is optional for a learner, so a problem there is only said."""
    try:
        with progress_bar(console) as step:
            step("preparing the grader's course")
            grader().prepare(folder)
    except UserError as problem:
        say_line(f"note: formgrader has no course yet: {problem}")


@app.command()
def start(
    unit: Unit,
    directory: Annotated[str | None, typer.Argument(help="Where to put it; default: the workspace.")] = None,
    space: Space = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Keep a dated copy of what is there and start anew.")] = False,
    brief_only: Annotated[
        bool, typer.Option("--brief-only", help="Only the brief, the names that are examined, and an empty notebook.")
    ] = False,
    timed: Annotated[str | None, typer.Option("--timed", help="Start a clock: 3h, 90m, 2h30.")] = None,
) -> None:
    """Copy a unit to work in. What is there already is never overwritten."""
    name = paths.resolve_unit(unit)
    shape = work_test.Shape.of(name, brief_only, timed)
    if directory:
        target = paths.given_path(directory)
        if target.is_dir() and not (target / "unit.toml").exists() and any(target.iterdir()):
            target = target / name  # a folder with other things in it: the unit goes beside them
        elif target.is_dir() and not any(target.iterdir()):
            target = target / name
    else:
        target = workspace.prepare(paths.workspace(space)) / name
    interactive = sys.stdin.isatty() and sys.stdout.isatty()
    made = workspace.start(name, target, fresh=fresh, confirm=typer.confirm if interactive else None, adapt=shape.adapt)
    info = load_unit(made)
    what = "its work test, from the brief alone" if shape.adapt else f"about {info.minutes} minutes"
    say_line(f"{info.title}: {what}. It lies in {made}")
    console.print(f"Open {(shape.notebooks or info.notebooks)[0]}.ipynb there, for instance with `worktest lab`.")
    shape.began(made, console)


@app.command()
def check(unit: Unit, space: Space = None, directory: Folder = None, as_json: AsJson = False) -> None:
    """Run your notebook in a fresh kernel and show what its visible checks say."""
    from worktest.brief import not_begun
    from worktest.checks.run import as_text
    from worktest.recheck import recheck

    name = paths.resolve_unit(unit)
    folder = workspace.learner_folder(name, paths.workspace(space), directory)
    beside = not_begun(folder, paths.curriculum() / name, load_unit(folder).notebooks)
    with progress_bar(Console(stderr=True), quiet=as_json) as step:
        reports = recheck(folder, step, beside)
    if as_json:
        print_json([report.to_json() for report in reports])
    else:
        for report in reports:
            text = as_text(report) if report.results else f"{report.topic}: its check did not run."
            console.print(text, highlight=False, markup=False, soft_wrap=True)
        if beside:
            which = ", ".join(f"{notebook}.ipynb" for notebook in sorted(beside))
            console.print(f"Not run, since you work from the brief and have not begun them: {which}", soft_wrap=True)
    if not all(report.green for report in reports):
        raise typer.Exit(1)


@app.command()
def hint(
    unit: Unit,
    cell: Annotated[
        str | None, typer.Argument(help="The graded cell, as its card names it; without: all, none is given.")
    ] = None,
    number: Annotated[int | None, typer.Argument(help="1, 2 or 3; default: the next one.")] = None,
    space: Space = None,
    directory: Folder = None,
) -> None:
    """Show a hint for a graded cell; each is a bigger push. It is recorded for you, never punished."""
    folder = workspace.learner_folder(paths.resolve_unit(unit), paths.workspace(space), directory)
    if cell is None:
        for topic in load_unit(folder).graded:
            line = f"{topic.id}: {hints.taken(folder, topic.id)} of {hints.count(folder, topic.id)} taken"
            console.print(line, highlight=False, markup=False, soft_wrap=True)
        return
    which, total, text = hints.give(folder, cell, number)
    console.print(f"Hint {which} of {total} for {cell}", highlight=False)
    console.print(text, highlight=False, markup=False)


@app.command()
def grade(
    unit: Unit,
    space: Space = None,
    directory: Folder = None,
    no_sandbox: NoSandbox = False,
    as_json: AsJson = False,
) -> None:
    """Grade your notebooks with nbgrader and the examiner's held-back checks; your files are only read."""
    name = paths.resolve_unit(unit)
    home = workspace.prepare(paths.workspace(space))
    folder = workspace.learner_folder(name, home, directory)
    with progress_bar(Console(stderr=True), quiet=as_json) as step:
        result = grader().grade(name, folder, home, progress=step, no_sandbox=no_sandbox)
    if result.maximum:  # where people grade, nothing was measured here
        workspace.record(
            home, {"unit": name, "points": result.points, "maximum": result.maximum, "cells": result.brief()}
        )
    if as_json:
        print_json(result.to_json())
        return
    if not result.maximum:
        say_line(f"{name}: no cell is graded by code; people grade it with its rubrics: worktest rubric {name[:2]}")
        return
    table = Table(title=f"{name}: {result.points:g} of {result.maximum:g} points", title_justify="left")
    table.add_column("graded cell", overflow="fold")
    table.add_column("checks passed", justify="right")
    table.add_column("points", justify="right")
    table.add_column("first thing to look at", overflow="fold")
    for cell in result.cells:
        checks = cell.report.get("checks", [])
        failed = [c for c in checks if not c["passed"]]
        passed = f"{len(checks) - len(failed)} of {len(checks)}"
        says = failed[0]["says"] if failed else ""  # quotes what the learner's code gave
        add_row(table, cell.topic, passed, f"{cell.points:g} of {cell.maximum:g}", says)
    console.print(table)
    for note in result.notes:
        say_line(f"note: {note}")
    for page in result.feedback:
        say_line(f"feedback: {page}")


@app.command()
def doctor(space: Space = None, as_json: AsJson = False) -> None:
    """Check the machine: Python, memory, disk, kernels, nbgrader in JupyterLab, torch."""
    from worktest import doctor as doctor_module

    findings = doctor_module.run_doctor(paths.workspace(space))
    if as_json:
        print_json(doctor_module.to_json(findings))
    else:
        console.print(doctor_module.render(findings))
    if any(finding.status == "fail" for finding in findings):
        raise typer.Exit(1)


app.command()(shortlist)
app.command()(journal)
app.command()(nuance)
app.command()(sit)
app.command("form")(form.form_command)
app.command("rubric")(rubric.rubric)
app.add_typer(peers.app, name="peers")
app.command("progress")(progress_command.progress)
app.command("archive")(archive.archive)
app.command("review")(review_command.review)
app.command("clock")(work_test.clock)
app.command("handin")(work_test.handin)
app.command("interview")(interview)
app.add_typer(extend.app, name="extend")
app.command("routes")(routes)
app.add_typer(models.app, name="models")


def main() -> None:
    """Entry point of the console command."""
    run_app(app, "worktest")


if __name__ == "__main__":
    main()
