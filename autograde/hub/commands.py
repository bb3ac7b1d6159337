"""``autograde hub``: a hub on this machine, to see how a study group works before there is one."""

from __future__ import annotations

import signal
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from autograde.hub import deploy
from worktest import paths
from worktest.errors import UserError

if TYPE_CHECKING:
    from autograde.hub.plan import Plan

app = typer.Typer(help="A JupyterHub for a study group.", no_args_is_help=True)
console = Console()
app.command()(deploy.tljh)
app.command()(deploy.k8s)
COURSES = ("basics=00,01", "control=03,04")


@app.callback()
def _main() -> None:
    pass


FACILITATOR, LEARNERS = "facilitator", "ana,ben,chen"
Folder = Annotated[
    Path, typer.Option("--dir", help="The demo's folder: everything of it lies there, and it goes on from there.")
]


@app.command()
def demo(
    folder: Folder = Path("hub-demo"),
    port: Annotated[int, typer.Option(min=1024, max=65535, help="The port of the page, on 127.0.0.1 only.")] = 8000,
    facilitator: Annotated[
        str | None, typer.Option(help=f"The facilitator's account; default: the folder's, else {FACILITATOR}.")
    ] = None,
    learners: Annotated[
        str | None, typer.Option(help=f"The learners' accounts, with commas; default: the folder's, else {LEARNERS}.")
    ] = None,
    course: Annotated[
        list[str] | None,
        typer.Option("--course", help="NAME=UNITS, as in basics=00,01; may stand several times."),
    ] = None,
) -> None:
    """Start a hub with a facilitator, three learners and two courses; Ctrl-C stops it."""
    from autograde.hub import demo as hub
    from autograde.hub import plan as plans

    courses = plans.courses_of(course or COURSES)
    hub.needs()
    root = paths.given_path(folder)
    if root.is_dir() and any(root.iterdir()) and not (root / hub.PLAN).is_file():
        raise UserError(f"{root} holds something else: name a new folder with --dir")
    kept = plans.read(root / hub.PLAN) if (root / hub.PLAN).is_file() else None
    names = plans.people_of(learners or LEARNERS)
    if kept is not None:  # it goes on as it is, whoever came or went
        facilitator = facilitator or kept.facilitator
        names = names if learners else list(kept.learners)
        courses = courses if course else list(kept.courses)
    plan = hub.same_people(hub.new_plan(root, port, facilitator or FACILITATOR, names, courses))
    with hub.alone(root):
        passwords = hub.make_ready(plan)
        plan.save(root / hub.PLAN)
        _serve(plan, passwords)
    console.print("stopped", highlight=False)


def _serve(plan: Plan, passwords: dict[str, str]) -> None:
    """Run the hub until Ctrl-C."""
    from autograde.hub import demo as hub

    stopping = threading.Event()
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, lambda *_: stopping.set())
    with hub.running(plan, lambda text: console.print(f"  {text}", highlight=False)) as process:
        table = Table(title=f"{plan.address}", title_justify="left")
        for head in ("account", "password", "courses"):
            table.add_column(head, no_wrap=True)
        for name, password in passwords.items():
            role = "runs" if name == plan.facilitator else "in"
            table.add_row(name, password, f"{role} {', '.join(one.name for one in plan.courses)}")
        console.print(table)
        console.print(f"Everything lies in {plan.root}.", soft_wrap=True, highlight=False)
        console.print("Ctrl-C stops the hub; the same command goes on from there.", highlight=False)
        while not stopping.wait(0.5):
            if process.poll() is not None:
                raise UserError(f"the hub ended by itself: see {plan.root / 'hub' / 'hub.log'}")
        console.print("  stopping", highlight=False)


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="The new learner's account.")], folder: Folder = Path("hub-demo")
) -> None:
    """Add a learner to a stopped demo: to all its courses, from its next start on."""
    from autograde.hub import people

    password = people.add(paths.given_path(folder), name)
    console.print(f"{name}  {password}", highlight=False)


@app.command()
def remove(
    name: Annotated[str, typer.Argument(help="The learner's account.")],
    folder: Folder = Path("hub-demo"),
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Remove a learner from a stopped demo, with their home and what they handed in. Others keep their accounts."""
    from autograde.hub import people

    root = paths.given_path(folder)
    home = people.home_of(root, name)
    if not yes:
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            raise UserError(f"nothing was removed: the same with --yes deletes {name} and all of {home}")
        if not typer.confirm(f"Delete {name}, and all of {home}, for good?"):
            raise UserError("nothing was removed", exit_code=1)
    for line in people.remove(root, name):
        console.print(line, highlight=False, markup=False, soft_wrap=True)
