"""The ``autograde`` command: the grader's side."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from autograde.bench import commands as bench
from autograde.cases import commands as cases
from autograde.hub import commands as hub
from autograde.leaving import commands as leaving
from autograde.paths import resolve_units, solutions
from autograde.peers import commands as peers
from autograde.report.commands import report
from worktest import __version__, paths, workspace
from worktest.errors import UserError
from worktest.options import AsJson, NoSandbox, Space, Unit
from worktest.safe import counted, plain
from worktest.terminal import print_json, progress_bar, run_app
from worktest.units import load_unit

app = typer.Typer(
    help="worktest, the grader's side: build the release, prove the checks.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(bench.app, name="bench")
app.add_typer(cases.app, name="cases")
app.add_typer(hub.app, name="hub")
app.add_typer(peers.app, name="peers")
app.command()(report)
console = Console()


def _version(wanted: bool) -> None:
    if wanted:
        console.print(f"autograde {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show it and exit.")
    ] = False,
) -> None:
    pass


@app.command()
def build(
    units: Annotated[list[str] | None, typer.Argument(help="Units by number or name; all when left out.")] = None,
    check: Annotated[bool, typer.Option("--check", help="Change nothing; fail on anything stale or leaked.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Execute notebooks again even if nothing changed.")] = False,
) -> None:
    """Percent scripts -> executed worked notebooks -> nbgrader release."""
    from autograde.build import grade_ids
    from autograde.build.make import (
        recorded_digest,
        release,
        source_digest,
        to_json,
        worked_notebook,
        write_release,
    )
    from autograde.build.references import References
    from autograde.build.verify import problems_of

    root = solutions()
    if paths.checkout() is None:
        raise UserError("building needs a checkout of the project; this is an installed copy")
    names = resolve_units(units or [])
    references = References.read(root / "references.bib")
    found: list[str] = []
    with progress_bar(console, total=len(names)) as step:
        for unit in names:
            folder = root / unit
            if check:
                step(f"checking {unit}")
                found += problems_of(unit, root, paths.curriculum(), references)
                continue
            info = load_unit(folder)
            for name in info.notebooks:
                target = folder / f"{name}.ipynb"
                if not force and recorded_digest(target) == source_digest(folder, name):
                    continue
                step(f"running {unit}/{name}")
                target.write_text(to_json(worked_notebook(folder, name, info, references)), encoding="utf-8")
            step(f"releasing {unit}")
            grade_ids.register(unit, info, root)
            for path in write_release(release(unit, folder), paths.curriculum() / unit):
                console.print(f"written: {path.relative_to(root.parent)}")
            found += problems_of(unit, root, paths.curriculum(), references)
    _name(found)
    if found:
        raise UserError(f"{len(found)} problem{'s' if len(found) != 1 else ''} in {len(names)} units", exit_code=1)
    console.print(f"{len(names)} units {'checked' if check else 'built'}: nothing stale, nothing leaked.")


@app.command()
def answers(
    units: Annotated[list[str] | None, typer.Argument(help="Units by number or name; all when left out.")] = None,
    seeds: Annotated[
        int | None, typer.Option(min=1, help="Seeds under which every right answer must pass: 5, or 200 for a proof.")
    ] = None,
    sample: Annotated[bool, typer.Option("--sample", help="Few seeds, every answer once: the quick proof.")] = False,
    through_nbgrader: Annotated[
        bool,
        typer.Option("--nbgrader", help="Also grade blank, worked and a few answers the whole nbgrader way."),
    ] = False,
    workers: Annotated[int, typer.Option(min=1, help="Graded cells proven side by side, a kernel for each.")] = 1,
    prove: Annotated[bool, typer.Option("--prove", help="Keep what passes under 200 seeds in proofs.json.")] = False,
    again: Annotated[bool, typer.Option("--again", help="With --prove: also what is proven and unchanged.")] = False,
    proven: Annotated[
        bool, typer.Option("--proven", help="Few fresh seeds for what is proven and unchanged, 200 for the rest.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the table as JSON.")] = False,
) -> None:
    """Prove the checks: wrong and hard-coded answers lose, right ones win, whichever way they are written."""
    from autograde.answers import bank, keep, table
    from autograde.answers.judge import Row
    from autograde.answers.prove import prove_unit
    from autograde.answers.whole_path import prove_whole_path

    if sum((prove, proven, sample or through_nbgrader)) > 1:
        raise UserError("--prove, --proven and --sample or --nbgrader each ask for a run of their own: choose one")
    if again and not prove:
        raise UserError("--again goes with --prove")
    names = [name for name in resolve_units(units or []) if prove or load_unit(solutions() / name).graded]
    rows: list[Row] = []
    shown = Console(stderr=True)
    with progress_bar(shown) as step:
        say = partial(shown.print, highlight=False, markup=False, soft_wrap=True)
        many = seeds or keep.SEEDS
        if prove:
            rows = keep.prove(names, seeds=many, again=again, workers=workers, progress=step, say=say)
        elif proven:
            rows = keep.run_proven(names, seeds=many, workers=workers, progress=step, say=say)
        else:
            for unit in names:
                count = 2 if sample else seeds or 5
                rows += prove_unit(unit, bank.read_bank(unit), seeds=count, workers=workers, progress=step)
                if through_nbgrader or sample:
                    rows += prove_whole_path(unit, progress=step)
    if as_json:
        print_json([row.to_json() for row in rows])
    else:
        if rows:
            console.print(table.render(rows))
        _name(table.problems(rows))
    if bad := table.problems(rows):
        raise UserError(f"{len(bad)} false accepts, false rejects or idle checks", exit_code=1)


@app.command()
def release(
    units: Annotated[list[str], typer.Argument(help="Units by number or name.")],
    space: Space = None,
) -> None:
    """Put units where the learners of this course can fetch them."""
    from autograde import course, exchange

    names = resolve_units(units)
    home = workspace.prepare(paths.workspace(space))
    places = []
    try:
        with progress_bar(Console(stderr=True), total=len(names)) as step, course.one_at_a_time(home, step):
            for name in names:
                step(name)
                places.append(exchange.release(name, home))
    finally:  # what was released before one failed is released
        for place in places:
            console.print(f"released: {place}", soft_wrap=True, highlight=False)


@app.command()
def collect(unit: Unit, space: Space = None) -> None:
    """Take what the learners of this course handed in into course/submitted."""
    from autograde import course, exchange

    name = paths.resolve_unit(unit, solutions())
    home = paths.workspace(space)
    with progress_bar(Console(stderr=True)) as step, course.one_at_a_time(home, step):
        step(f"collecting {name}")
        there, refused = exchange.collect(name, home)
    who = plain(", ".join(there)) or "nobody"
    console.print(f"{name}: {len(there)} handed in: {who}", soft_wrap=True, highlight=False)
    _name(refused)
    if refused:
        raise UserError(f"{len(refused)} not collected; what they put there was not touched", exit_code=1)


@app.command()
def grade(
    unit: Unit,
    students: Annotated[list[str] | None, typer.Argument(help="Only these students; all when left out.")] = None,
    space: Space = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Submissions examined at once.")] = None,
    dask: Annotated[str | None, typer.Option(help="Examine on a dask cluster: tcp://HOST:8786.")] = None,
    again: Annotated[bool, typer.Option("--again", help="Grade also what is in the gradebook, unchanged.")] = False,
    explore: Annotated[bool, typer.Option("--explore", help="Run also the cells that no grade needs.")] = False,
    no_sandbox: NoSandbox = False,
    as_json: AsJson = False,
) -> None:
    """Grade all submissions of a unit in the workspace's course (course/submitted/STUDENT/UNIT)."""
    from autograde.batch import grade_batch
    from autograde.commands import batch_progress, batch_table

    name = paths.resolve_unit(unit, solutions())
    home = workspace.prepare(paths.workspace(space))
    shown = Console(stderr=True, quiet=as_json)
    with batch_progress(shown) as (report, say):
        batch = grade_batch(
            name,
            home,
            students=students,
            workers=workers,
            dask=dask,
            again=again,
            run_explore=explore,
            no_sandbox=no_sandbox,
            report=report,
            say=say,
        )
    if as_json:
        print_json(batch.to_json())
    else:
        console.print(batch_table(batch))
    if batch.stopped:
        raise UserError(
            "stopped; what is in the table is in the gradebook: the same command goes on from here", exit_code=130
        )
    if failed := sum(row.state == "failed" for row in batch.rows):
        raise UserError(f"{failed} of {len(batch.rows)} submissions were not graded; the others are", exit_code=1)


@app.command()
def feedback(
    unit: Unit,
    students: Annotated[list[str] | None, typer.Argument(help="Only these students; all when left out.")] = None,
    space: Space = None,
) -> None:
    """Write the feedback pages of all graded submissions of a unit (course/feedback/STUDENT/UNIT).

    On a hub they are also put where each learner can fetch their own.
    """
    from autograde import course, exchange
    from autograde.batch import find_students

    name = paths.resolve_unit(unit, solutions())
    home = paths.workspace(space)
    root = course.root_of(home)
    names = find_students(root, name, students)
    api = course.api(root)
    failed: dict[str, str] = {}
    with progress_bar(Console(stderr=True), total=len(names)) as step, course.one_at_a_time(home, step):
        for student in names:
            step(plain(student))
            result = api.generate_feedback(name, student, force=True)
            if not result["success"]:
                failed[student] = course.last_line(result)
        done = [student for student in names if student not in failed]
        shared = (root / course.SHARED).is_file()
        if shared:
            exchange.release_feedback(name, done, root)
    console.print(f"the pages of {counted(len(done), 'student')} are in {root / 'feedback'}", soft_wrap=True)
    if shared and done:
        console.print("and where each of them can fetch their own")
    _name([f"{student}: {why}" for student, why in failed.items()])
    if failed:
        raise UserError(f"{len(failed)} of {len(names)} pages could not be written; the others are", exit_code=1)


app.command()(leaving.forget)


def _name(problems: list[str]) -> None:
    """Print a line for each; what it quotes of a unit's files is no markup."""
    for problem in problems:
        console.print(Text.assemble(("problem", "red"), f" {plain(problem)}"), soft_wrap=True)


def main() -> None:
    """Entry point of the console command."""
    run_app(app, "autograde")


if __name__ == "__main__":
    main()
