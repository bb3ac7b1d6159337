"""``autograde hub``: a hub on this machine, to see how a study group works before there is one."""

from __future__ import annotations

import signal
import threading
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from autograde.hub import deploy
from autograde.paths import resolve_units
from worktest import paths
from worktest.errors import UserError

app = typer.Typer(help="A JupyterHub for a study group.", no_args_is_help=True)
console = Console()
app.command()(deploy.tljh)
COURSES = ("basics=00,01", "control=03,04")


@app.callback()
def _main() -> None:
    pass


@app.command()
def demo(
    folder: Annotated[
        Path, typer.Option("--dir", help="The demo's folder: everything of it lies there, and it goes on from there.")
    ] = Path("hub-demo"),
    port: Annotated[int, typer.Option(min=1024, max=65535, help="The port of the page, on 127.0.0.1 only.")] = 8000,
    facilitator: Annotated[str, typer.Option(help="The facilitator's account.")] = "facilitator",
    learners: Annotated[str, typer.Option(help="The learners' accounts, with commas.")] = "ana,ben,chen",
    course: Annotated[
        list[str] | None,
        typer.Option("--course", help="NAME=UNITS, as in basics=00,01; may stand several times."),
    ] = None,
) -> None:
    """Start a hub with a facilitator, three learners and two courses; Ctrl-C stops it."""
    from autograde.hub import demo as hub
    from autograde.hub.plan import Course

    courses = []
    for text in course or COURSES:
        name, _, units = text.partition("=")
        if not units:
            raise UserError(f"--course {text}: write NAME=UNITS, for instance basics=00,01")
        courses.append(Course(name, tuple(resolve_units(units.split(",")))))
    hub.needs()
    root = paths.given_path(folder)
    if root.is_dir() and any(root.iterdir()) and not (root / hub.PLAN).is_file():
        raise UserError(f"{root} holds something else: name a new folder with --dir")
    plan = hub.new_plan(root, port, facilitator, learners.split(","), courses)
    hub.same_people(plan)
    root.mkdir(parents=True, exist_ok=True)
    passwords = hub.make_ready(plan)
    plan.save(root / hub.PLAN)
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
        console.print(f"Everything lies in {root}.", soft_wrap=True, highlight=False)
        console.print("Ctrl-C stops the hub; the same command goes on from there.", highlight=False)
        while not stopping.wait(0.5):
            if process.poll() is not None:
                raise UserError(f"the hub ended by itself: see {root / 'hub' / 'hub.log'}")
        console.print("  stopping", highlight=False)
    console.print("stopped", highlight=False)
