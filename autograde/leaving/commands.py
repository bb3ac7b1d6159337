"""``autograde forget``: the facilitator's command."""

from __future__ import annotations

import sys
from typing import Annotated

import typer
from rich.console import Console

from worktest import paths
from worktest.errors import UserError
from worktest.options import Space
from worktest.safe import plain

console = Console()


def forget(
    student: Annotated[str, typer.Argument(help="The learner, as the gradebook names them.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    space: Space = None,
) -> None:
    """Delete a learner from this course: gradebook, hand-ins, pages, scores. Others' grades stay as they are."""
    from autograde import course
    from autograde.leaving.forget import find
    from autograde.leaving.forget import forget as remove

    home = paths.workspace(space)
    if not course.root_of(home).is_dir():
        raise UserError(f"there is no course in {home}: name its folder with --workspace")
    with course.one_at_a_time(home, _say):
        traces = find(student, home)
        _say(f"{plain(student, 80)} in {home}:")
        for line in traces.lines():
            _say(f"  {line}")
        if not yes:
            if not (sys.stdin.isatty() and sys.stdout.isatty()):
                raise UserError("nothing was removed, and nobody is here to ask: the same with --yes removes all of it")
            if not typer.confirm("Delete all of this, for good?"):
                raise UserError("nothing was removed", exit_code=1)
        done = remove(traces)
    for line in done.gone:
        _say(f"gone: {line}")
    for line in done.left:
        _say(f"left: {line}")
    _say("Their own folder on the hub, and backups, are none of the course's.")


def _say(text: str) -> None:
    console.print(plain(text, 2_000), markup=False, highlight=False, emoji=False, soft_wrap=True)
