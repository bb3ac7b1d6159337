"""``autograde bench hub``: a whole group on a hub of this machine, and what breaks."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import tempfile
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from autograde.paths import resolve_units, solutions
from worktest import paths
from worktest.errors import UserError
from worktest.terminal import print_json, progress_bar

_TROUBLES = ("restart", "kill", "disk")


def hub(
    learners: Annotated[int, typer.Option(min=1, max=99, help="How many come.")] = 30,
    minutes: Annotated[float, typer.Option(min=0.1, help="How long they work.")] = 4,
    unit: Annotated[str, typer.Option(help="The unit they work on, by number or name.")] = "01",
    rush: Annotated[float, typer.Option(min=0, help="Seconds within which all log in, and later all hand in.")] = 60,
    every: Annotated[float, typer.Option(min=0.5, help="Seconds between two saves of a learner.")] = 5,
    trouble: Annotated[
        str, typer.Option(help="What breaks meanwhile, with commas: restart, kill, disk (root only); or none.")
    ] = "restart,kill",
    folder: Annotated[
        Path | None, typer.Option("--dir", help="A new folder for the hub, which stays; else one that goes.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Also write everything measured to this file, as JSON.")] = None,
    seed: Annotated[int, typer.Option(help="Another one makes another morning.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print plain data.")] = False,
) -> None:
    """Made-up learners on a real hub: log in, fetch, save, hand in, while it breaks; times, memory, and what is lost.

    Nothing that was acknowledged may be lost: then it ends with 1.
    """
    from autograde.bench.hub.room import small_disk
    from autograde.bench.hub.run import Morning, run
    from autograde.bench.hub.table import render
    from autograde.hub import demo
    from worktest.units import load_unit

    kinds = tuple(part.strip() for part in trouble.split(",") if part.strip() not in ("", "none"))
    if odd := sorted(set(kinds) - set(_TROUBLES)):
        raise UserError(f"--trouble {', '.join(odd)}: there are {', '.join(_TROUBLES)}")
    (name,) = resolve_units([unit])
    info = load_unit(solutions() / name)
    if not info.graded:
        raise UserError(f"{name} has no graded cell, so nobody would save anything: choose another unit")
    demo.needs()
    with contextlib.ExitStack() as stack:
        root = paths.given_path(folder) if folder else Path(stack.enter_context(_place()))
        if root.exists() and any(root.iterdir()):
            raise UserError(f"{root} holds something: name a new folder with --dir")
        if "disk" in kinds:
            stack.enter_context(small_disk(root, 200 + 10 * learners))
        # a second Ctrl-C away from what it says: the hub is stopped, the disk taken off
        before = signal.signal(signal.SIGTERM, lambda *_: os.kill(os.getpid(), signal.SIGINT))
        stack.callback(signal.signal, signal.SIGTERM, before)
        step = stack.enter_context(progress_bar(Console(stderr=True)))
        notebook = info.graded[0].notebook
        morning = Morning(root, name, notebook, learners, rush, minutes * 60, rush, every, kinds, seed)
        outcome = run(morning, step)
    told: dict[str, Any] = outcome.to_json()
    if out is not None:
        paths.given_path(out).write_text(json.dumps(told, indent=1), encoding="utf-8")
    if as_json:
        print_json(told)
    else:
        Console().print(render(outcome))
    if outcome.lost:
        raise UserError(f"{len(outcome.lost)} things that were acknowledged are not there", exit_code=1)


def _place() -> tempfile.TemporaryDirectory[str]:
    # what runs on the disk writes until it is ended
    return tempfile.TemporaryDirectory(prefix="wt-hub-", ignore_cleanup_errors=True)
