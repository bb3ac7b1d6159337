"""``worktest peers fetch`` and ``worktest peers send``: peers' answers and the own scores, on a hub."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import typer

from worktest import paths, peers_hub, workspace
from worktest.commands import talk
from worktest.errors import UserError
from worktest.options import Folder, Space, Unit
from worktest.safe import counted


def fetch(unit: Unit, space: Space = None, directory: Folder = None) -> None:
    """On a hub: get the answers that you are to read, and what peers said of yours."""
    at = _desk(unit, space, directory)
    new = peers_hub.fetch(at)
    for path in new:
        talk.say_line(f"fetched: {_shown(path)}")
    if not new:
        talk.say("nothing new since the last time")
    waiting, done = peers_hub.to_read(at)
    if waiting:
        talk.say(f"{counted(len(waiting), 'answer')} to read, {len(done)} scored. Read and score, then send:")
        for path in waiting:
            talk.say_line(f"  worktest peers score {shlex.quote(_shown(path))}")
        talk.say_line(f"  worktest peers send {unit}")
    for path in sorted(at.own.glob(f"{peers_hub.SAID}*.md")):
        talk.say_line(f"what peers said of your answer: {_shown(path)}")


def send(unit: Unit, space: Space = None, directory: Folder = None) -> None:
    """On a hub: send the scores that you gave to the facilitator."""
    at = _desk(unit, space, directory)
    sent, wrong = peers_hub.send(at)
    for line in wrong:
        talk.say_line(f"not sent: {line}")
    waiting, done = peers_hub.to_read(at)
    if wrong:
        raise UserError(f"{counted(len(wrong), 'file')} not sent; {len(sent)} sent", exit_code=1)
    left = f"; {counted(len(waiting), 'answer')} still to read" if waiting else ""
    if not sent and not done:
        raise UserError(f"nothing is scored yet: `worktest peers fetch {unit}` says what there is to read")
    talk.say(f"sent: the scores of {counted(len(sent), 'answer')}{left}" if sent else f"all was sent before{left}")


def _desk(unit: str, space: str | None, directory: str | None) -> peers_hub.Desk:
    name = paths.resolve_unit(unit)
    return peers_hub.desk(name, workspace.learner_folder(name, paths.workspace(space), directory))


def _shown(path: Path) -> str:
    """A path as it can be typed here."""
    here, there = Path.cwd().resolve(), path.resolve()
    return os.path.relpath(there, here) if there.is_relative_to(here) else str(path)


def register(app: typer.Typer) -> None:
    """Add both commands to ``worktest peers``."""
    app.command("fetch")(fetch)
    app.command("send")(send)
