"""The routes as a page: Markdown for docs/routes.md and for notebooks, and plain text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from worktest.routes.read import ABOUT, KINDS, About, Route, Statement, read_routes
from worktest.safe import counted, plain

MARKS = (
    "**How far this was verified.** *primary*: read in the source's own text. *secondary*: read where somebody else "
    "reports it. *unverified*: looked for and not read, so no numbers stand there. The date is the day on which we "
    "read the stored text, which can be older than that day; programmes change within weeks. Open the link before you "
    "rely on a line."
)
_HEAD = """# Routes

What comes after a yes, a no or silence: who pays for work, lends machines, takes short papers, or reads what you wrote.

<!-- Made by `worktest routes --markdown` from worktest/routes/routes.toml; a test compares. Edit that file. -->
"""


class Page(str):
    """Markdown that JupyterLab shows as a page, and a terminal as text."""

    __slots__ = ()

    def _repr_markdown_(self) -> str:
        return str(self)


def first_sentence(text: str) -> str:
    """A text up to the end of its first sentence."""
    head, stop, _ = text.partition(". ")
    return f"{head}." if stop else text


def in_short(route: Route, *topics: About) -> str:
    """The first sentence of the first statement about each of these topics; "" when there is none."""
    found = [route.about(topic) for topic in topics]
    return " ".join(first_sentence(said[0].text) for said in found if said)


def gives(route: Route) -> str:
    """What it gives and how much of it, in short; for a route of which neither is known, its status."""
    return in_short(route, "funds", "amount") or in_short(route, "status")


def asks(route: Route) -> str:
    """What it asks for, or else who may apply, and how long an answer takes; in short."""
    first: About = "asks" if route.about("asks") else "who"
    return in_short(route, first, "answer")


def age_lines(routes: Sequence[Route], today: dt.date) -> list[str]:
    """One line about how old all this is, and one for each route that was checked more than 180 days ago."""
    if not routes:
        return []
    oldest = max(route.days_old(today) for route in routes)
    found = [f"The oldest of these lines was checked {counted(oldest, 'day')} ago. Open a link before you rely on one."]
    for route in routes:
        if route.is_stale(today):
            days = route.days_old(today)
            found.append(f"{route.id}: last checked {days} days ago, more than 180. Read it at the link: {route.link}")
    return found


def page(kind: str | None = None, today: dt.date | None = None) -> Page:
    """Tables of all routes, or of one kind, first sentences only, with a line about their age: for a notebook.

    ``today`` is the clock's date unless it is given. A kind that does not exist gives an empty page with the kinds.
    """
    routes = [route for route in read_routes() if kind in (None, route.kind)]
    if not routes:
        return Page(f"There is no kind {plain(kind, 40)!r}; there are: {', '.join(KINDS)}\n")
    ages = age_lines(routes, today or dt.date.today())
    parts = [*_tables(routes), *([MARKS, ""] if kind is None else []), *(f"- {line}" for line in ages)]
    return Page("\n".join(parts) + "\n")


def markdown() -> str:
    """docs/routes.md: the tables, then every statement with its source. No ages, which would change by themselves."""
    routes = read_routes()
    parts = [_HEAD, MARKS, "", *_tables(routes), "## Every statement and its source\n"]
    for route in routes:
        parts.append(f"### {route.name}\n\n[{route.link}]({route.link}). Status: {route.status}.\n")
        parts += [f"- **{ABOUT[said.about]}**: {said.text} {source_of(said, route)}" for said in route.says]
        parts.append("")
    return "\n".join(parts).rstrip() + "\n"


def source_of(said: Statement, route: Route) -> str:
    """``(primary, checked 2026-11-27, its own date 2026-10-01: <https://...>; read: the page)``."""
    dated = f", its own date {said.dated}" if said.dated else ""
    checked = said.checked or route.checked
    return f"({said.verified}, checked {checked}{dated}: <{said.source}>; read: {said.read})"


def _tables(routes: Sequence[Route]) -> list[str]:
    parts: list[str] = []
    for kind, title in KINDS.items():
        rows = [route for route in routes if route.kind == kind]
        if rows:
            parts += [f"## {title}\n", "| | What it gives | What it asks, and until when | Status | Checked | Read |"]
            parts.append("|:--|:--|:--|:--|:--|:--|")
            parts += [_row(route) for route in rows]
            parts.append("")
    return parts


def _row(route: Route) -> str:
    name = f"[{route.name}]({route.link})<br>`{route.id}`"
    cells = [name, gives(route), asks(route), route.status, str(route.last_checked), route.mark]
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
