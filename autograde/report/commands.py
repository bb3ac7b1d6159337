"""``autograde report``: the facilitator's page for a session."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console

from autograde.paths import solutions
from worktest import paths
from worktest.options import AsJson, Space, Unit
from worktest.terminal import print_json, progress_bar


def report(
    unit: Unit,
    space: Space = None,
    to: Annotated[str | None, typer.Option("--to", help="The file to write; default: course/report/UNIT.html.")] = None,
    minutes: Annotated[int, typer.Option(help="Length of the session that is planned.")] = 60,
    as_json: AsJson = False,
) -> None:
    """Write the facilitator's page: who is where, where the group lost points, what to discuss, a minute plan.

    Run it after `autograde collect` and `autograde grade`. With --json a page is written only where --to says.
    """
    from autograde import course
    from autograde.peers.agreement import agreement_of
    from autograde.report import questions, session
    from autograde.report.gather import gather
    from autograde.report.page import write_page

    name = paths.resolve_unit(unit, solutions())
    home = paths.workspace(space)
    with progress_bar(Console(stderr=True), quiet=as_json) as step:
        step("reading what was handed in")
        read = agreement_of(name, course.root_of(home))
        group = gather(name, home, peers=read.side_by_side if read else None)
        chosen = questions.choose(group)
        parts = session.plan(group, chosen, minutes)
        target = paths.given_path(to) if to else course.root_of(home) / "report" / f"{name}.html"
        if to or not as_json:
            step("writing the page")
            write_page(group, chosen, parts, target)
    if as_json:
        asked = {"questions": [one.to_json() for one in chosen.asked], "plan": [part.to_json() for part in parts]}
        print_json({**group.to_json(), **asked})
        return
    console = Console()
    console.print(f"{name}: {group.handed_in} of {len(group.people)} handed in, {group.graded} graded", highlight=False)
    console.print(f"written: {target}", soft_wrap=True, highlight=False, markup=False)
