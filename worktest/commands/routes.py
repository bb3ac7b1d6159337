"""``worktest routes``: where to go after a yes, a no or silence, with the source of every statement."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Sequence
from typing import Annotated, Any

import typer

from worktest.commands.talk import add_row, console, say, say_line, table
from worktest.errors import UserError
from worktest.options import AsJson
from worktest.routes import KINDS, Route, find, read_routes
from worktest.routes.page import age_lines, asks, gives, markdown
from worktest.routes.read import ABOUT
from worktest.terminal import print_json


def routes(
    name: Annotated[str | None, typer.Argument(help="One route, for instance bluedot-rapid: all of it.")] = None,
    kind: Annotated[str | None, typer.Option("--kind", help=f"Only one kind: {', '.join(KINDS)}.")] = None,
    as_markdown: Annotated[bool, typer.Option("--markdown", help="Print docs/routes.md.")] = False,
    as_json: AsJson = False,
) -> None:
    """Grants, compute, workshops, sprints, courses and communities: what they give, what they ask, and who says so."""
    if kind is not None and kind not in KINDS:
        raise UserError(f"there is no kind {kind!r}; there are: {', '.join(KINDS)}")
    today = dt.date.today()
    if name is not None:
        one = find(name)
        _json([one], today) if as_json else _show(one, today)
        return
    if as_markdown:
        sys.stdout.write(markdown())
        return
    chosen = [route for route in read_routes() if kind in (None, route.kind)]
    if as_json:
        _json(chosen, today)
        return
    for each, title in KINDS.items():
        of_kind = [route for route in chosen if route.kind == each]
        if of_kind:
            if kind is None:
                _names(title, of_kind)
                continue
            made = table(title, "route", "what it gives", "what it asks, and until when")
            for route in of_kind:
                state = f"{route.name}\n{route.id}\n{route.status}; checked {route.last_checked}\nread: {route.mark}"
                add_row(made, state, gives(route), asks(route))
            console.print(made)
    if kind is None:
        say("\nrolling: you can apply at any time. not found: no dated page that says whether it is open was read.")
        say("What they give and ask, in a sentence each: `worktest routes --kind grant`, or another kind.")
    else:
        say("read: primary is the source's own text, secondary what others report, unverified: check the page.")
    for line in age_lines(chosen, today):
        say_line(line)
    short = "" if kind is None else "First sentences only. "
    say_line(f"{short}All of one route, with its sources: `worktest routes NAME`.")


def _names(title: str, of_kind: Sequence[Route]) -> None:
    """One kind as a list of names; what is closed stands at the end of it."""
    say(f"\n{title} (--kind {of_kind[0].kind})")
    for route in sorted(of_kind, key=lambda route: route.status == "closed"):
        say(f"- {route.id}: {route.name} ({route.status})")


def _show(route: Route, today: dt.date) -> None:
    say(f"{route.name} ({route.id}, {KINDS[route.kind].lower()})")
    say_line(f"{route.link}   status: {route.status}")
    for said in route.says:
        say(f"\n{ABOUT[said.about]}: {said.text}")
        dated = f"; its own date: {said.dated}" if said.dated else ""
        say(f"  {said.verified}, checked {said.checked or route.checked}{dated}; read: {said.read}")
        say_line(f"  {said.source}")
    say("")
    for line in age_lines([route], today):
        say_line(line)


def _json(chosen: Sequence[Route], today: dt.date) -> None:
    found: list[dict[str, Any]] = []
    for route in chosen:
        data = route.model_dump(mode="json")
        for said in data["says"]:
            said["checked"] = said["checked"] or route.checked
        found.append({**data, "mark": route.mark, "days_old": route.days_old(today), "stale": route.is_stale(today)})
    print_json(found)
