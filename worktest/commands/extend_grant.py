"""``worktest extend grant``: one page for a funder, from the plan and the results of a research folder."""

from __future__ import annotations

from typing import Annotated

import typer

from worktest import paths
from worktest.commands.talk import say, say_line
from worktest.extend import folder as folders
from worktest.extend import grant as module
from worktest.options import AsJson, ResearchName, Space
from worktest.routes import find
from worktest.safe import counted
from worktest.terminal import print_json


def grant(
    name: ResearchName = None,
    to: Annotated[
        str | None, typer.Option("--for", help="A route of `worktest routes`: its asks as a checklist.")
    ] = None,
    link: Annotated[str, typer.Option("--link", help="Where a reader finds the folder: a public address.")] = "",
    space: Space = None,
    as_json: AsJson = False,
) -> None:
    """Draft one page that asks for money: grant.md and grant.pdf, and what is missing, a line each."""
    research = folders.find(name, paths.workspace(space))
    route = find(to) if to is not None else None
    made = module.write(research, module.draft(research, route, link))
    if as_json:
        print_json(
            {
                "grant": str(made.path),
                "pdf": str(made.pdf),
                "pages": made.pages,
                "missing": made.missing,
                "notes": made.notes,
                "route": route.id if route else None,
            }
        )
        return
    say_line(f"written: {made.path}")
    say_line(f"         {made.pdf} ({counted(made.pages, 'page')})")
    for line in made.notes:
        say_line(f"note: {line}")
    if made.missing:
        say(f"\n{counted(len(made.missing), 'thing')} that a funder would stumble over:")
        for line in made.missing:
            say_line(f"- {line}")
    else:
        say("Nothing is missing. Read it aloud once, and let somebody else read it before you send it.")
