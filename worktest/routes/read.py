"""``routes.toml``, read and checked: each route, and each statement about it with the address it rests on."""

from __future__ import annotations

import datetime as dt
from difflib import get_close_matches
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from worktest.errors import UserError
from worktest.safe import plain
from worktest.units import read_toml

FILE = Path(__file__).with_name("routes.toml")
STALE_AFTER = dt.timedelta(days=180)
Kind = Literal["grant", "compute", "workshop", "sprint", "course", "community"]
KINDS: dict[str, str] = {
    "grant": "Grants",
    "compute": "Compute and API credits",
    "workshop": "Workshops, journals and preprints",
    "sprint": "Sprints",
    "course": "Courses that end in a project",
    "community": "Readers and peers",
}
Verified = Literal["primary", "secondary", "unverified"]
About = Literal["funds", "who", "asks", "amount", "answer", "status", "note"]
ABOUT: dict[str, str] = {
    "funds": "What it gives",
    "who": "Who may apply",
    "asks": "What it asks for",
    "amount": "How much",
    "answer": "Until an answer",
    "status": "Status",
    "note": "Note",
}


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


def _is_date(text: str) -> str:
    dt.date.fromisoformat(text)
    return text


class Statement(_Strict):
    """One thing that is said of a route. ``read``: where the text was read, when the address itself was not opened."""

    about: About
    text: str = Field(min_length=3)
    source: str = Field(pattern=r"^https://\S+$")
    read: str = Field(min_length=3)
    verified: Verified
    dated: str = ""
    checked: str = ""

    _checked = field_validator("checked")(lambda text: _is_date(text) if text else text)


class Route(_Strict):
    """One place to go to: what it gives, what it asks for, and how far that could be verified."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    kind: Kind
    name: str = Field(min_length=2)
    status: Literal["open", "rolling", "closed", "not found"]
    link: str = Field(pattern=r"^https://\S+$")
    checked: str
    says: list[Statement] = Field(min_length=1)

    _checked = field_validator("checked")(_is_date)

    def about(self, *topics: About) -> list[Statement]:
        """The statements about these topics, in the order of the topics."""
        return [said for topic in topics for said in self.says if said.about == topic]

    @property
    def last_checked(self) -> dt.date:
        """The day on which its oldest statement was checked: a route is as fresh as its stalest line."""
        return min(dt.date.fromisoformat(said.checked or self.checked) for said in self.says)

    @property
    def mark(self) -> str:
        """How its statements were verified: "primary" when all were, otherwise a count of each."""
        counts = {kind: sum(said.verified == kind for said in self.says) for kind in ("primary", "secondary")}
        if counts["primary"] == len(self.says):
            return "primary"
        parts = [f"{number} {kind}" for kind, number in counts.items() if number]
        lacking = len(self.says) - sum(counts.values())
        return ", ".join([*parts, *([f"{lacking} unverified"] if lacking else [])])

    def days_old(self, today: dt.date) -> int:
        """Days since the oldest statement was checked; 0 when the clock is behind."""
        return max(0, (today - self.last_checked).days)

    def is_stale(self, today: dt.date) -> bool:
        """Whether that is longer ago than 180 days."""
        return today - self.last_checked > STALE_AFTER


class _File(_Strict):
    route: list[Route]


def read_routes(path: Path = FILE) -> list[Route]:
    """All routes, by kind in the order of ``KINDS``, within a kind as the file has them.

    Raises UserError naming the file, the route and the key that is wrong.
    """
    data = read_toml(path)
    try:
        routes = _File.model_validate(data).route
    except ValidationError as error:
        first = error.errors()[0]
        where = list(first["loc"])
        entries = data.get("route")
        if len(where) > 1 and isinstance(where[1], int) and isinstance(entries, list):
            where[1] = plain(entries[where[1]].get("id", where[1] + 1), 60)
        raise UserError(f"{path}: {'.'.join(str(step) for step in where)}: {first['msg']}") from None
    names = [route.id for route in routes]
    for name in names:
        if names.count(name) > 1:
            raise UserError(f"{path}: the route {name!r} is there twice")
    order = list(KINDS)
    return sorted(routes, key=lambda route: order.index(route.kind))


def find(name: str) -> Route:
    """The route with this id, or with this name in any case. Raises UserError naming the nearest ones."""
    routes = read_routes()
    wanted = name.strip().casefold()
    for route in routes:
        if wanted in (route.id, route.name.casefold()):
            return route
    ids = [route.id for route in routes]
    near = get_close_matches(wanted.replace(" ", "-"), ids, n=3, cutoff=0.5)
    near += [route.id for route in routes if wanted and wanted in route.name.casefold() and route.id not in near]
    hint = f"did you mean {', '.join(near)}?" if near else "`worktest routes` lists them"
    raise UserError(f"there is no route {plain(name, 80)!r}; {hint}")
