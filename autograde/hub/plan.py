"""What a demo hub consists of: its folder, its people, their courses, and its ports. Plain data, no side effect."""

from __future__ import annotations

import json
import os
import re
import socket
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from autograde.paths import resolve_units
from worktest.errors import UserError

FIRST_UID = 20001
"""Numbers that no distribution gives to people or services; the accounts exist only inside of the demo."""
GRADERS = "worktest-graders"
"""The group that may read worked units: the courses' accounts, no person."""
ROOM = "WORKTEST_HUB_ROOM"
"""In the hub's environment: which life of the room this is. A process's number means nothing in another one."""
_NAME = re.compile(r"^[a-z][a-z0-9-]{0,15}$")


@dataclass(frozen=True)
class Account:
    """A person or a course's account."""

    name: str
    uid: int
    grader: bool = False


@dataclass(frozen=True)
class Course:
    """A course: its id, its units, and the port of its service."""

    name: str
    units: tuple[str, ...]
    port: int = 0

    @property
    def account(self) -> str:
        """The account that owns the course: its folder, its gradebook, its secret."""
        return f"grader-{self.name}"


@dataclass(frozen=True)
class Plan:
    """A demo hub. ``ports`` are those of the page, of the hub's interface, and of the proxy's.

    ``uids`` are the accounts' numbers, which files bear: they stay when somebody comes or goes, and ``last_uid``, the
    highest that was ever given, sees to it that nobody gets the number of one who left.
    """

    folder: str
    facilitator: str
    learners: tuple[str, ...]
    courses: tuple[Course, ...]
    ports: tuple[int, int, int]
    uids: dict[str, int] = field(default_factory=dict)
    last_uid: int = FIRST_UID - 1

    @property
    def root(self) -> Path:
        """The folder that holds all of it."""
        return Path(self.folder)

    @property
    def address(self) -> str:
        """Where a browser finds it."""
        return f"http://127.0.0.1:{self.ports[0]}"

    def accounts(self) -> list[Account]:
        """All accounts: people first, then the courses'."""
        numbers = self.numbered().uids
        people = 1 + len(self.learners)
        return [Account(name, numbers[name], grader=i >= people) for i, name in enumerate(self._names())]

    def _names(self) -> list[str]:
        return [self.facilitator, *self.learners, *(course.account for course in self.courses)]

    def numbered(self) -> Plan:
        """The same plan with a number for everybody who has none yet, and without those who are not in it any more."""
        last, uids = self.last_uid, {}
        for name in self._names():
            if name not in self.uids:
                last += 1
            uids[name] = self.uids.get(name, last)
        return replace(self, uids=uids, last_uid=last)

    @property
    def jupyter(self) -> Path:
        """The folder of settings of nbgrader and JupyterLab."""
        return self.root / "jupyter"

    @property
    def prefix(self) -> Path:
        """The environment in which everybody's servers run."""
        return Path(sys.prefix)

    @property
    def python(self) -> str:
        """The Python of this environment."""
        return sys.executable

    def more_environment(self, grader: bool = False) -> dict[str, str]:
        """Variables that this hub gives to a server, or to a course's, beside those that every hub gives."""
        return {name: os.environ[name] for name in ("PYTHONPATH",) if name in os.environ}

    def home(self, account: str) -> Path:
        """The home folder of an account."""
        return self.root / "homes" / account

    @property
    def exchange(self) -> Path:
        """nbgrader's exchange: what is released, handed in, and given back."""
        return self.root / "exchange"

    def save(self, path: Path) -> None:
        """Write it as JSON."""
        path.write_text(json.dumps(asdict(self), indent=1), encoding="utf-8")


def read(path: Path) -> Plan:
    """The plan that `Plan.save` wrote."""
    data = json.loads(path.read_text(encoding="utf-8"))
    courses = tuple(Course(one["name"], tuple(one["units"]), one["port"]) for one in data["courses"])
    plan = Plan(data["folder"], data["facilitator"], tuple(data["learners"]), courses, tuple(data["ports"]))
    return replace(plan, uids=data.get("uids", {}), last_uid=data.get("last_uid", plan.last_uid)).numbered()


def checked(name: str, what: str) -> str:
    """``name``, if it can be an account or a course. Raises UserError otherwise."""
    if not _NAME.match(name):
        raise UserError(f"{what} {name!r}: small letters, digits and hyphens, a letter first, at most 16 of them")
    return name


def courses_of(told: Sequence[str]) -> list[Course]:
    """The courses that ``NAME=UNITS`` name, as in ``basics=00,01``. Raises UserError for any other text."""
    found = []
    for text in told:
        name, _, units = text.partition("=")
        if not units:
            raise UserError(f"--course {text}: write NAME=UNITS, for instance basics=00,01")
        found.append(Course(checked(name, "course"), tuple(resolve_units(units.split(",")))))
    return found


def people_of(told: str) -> list[str]:
    """The names in a list with commas."""
    return [name.strip() for name in told.split(",") if name.strip()]


def apart(people: Sequence[str], courses: Sequence[Course]) -> None:
    """Raise UserError where a name can't be an account or a course, or stands twice among them."""
    names = [checked(name, "account") for name in people]
    names += [checked(course.name, "course") for course in courses] + [course.account for course in courses]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise UserError(f"each account and course needs a name of its own: {', '.join(twice)} stands twice")


def free_ports(n: int) -> list[int]:
    """``n`` ports of 127.0.0.1 that nobody holds at this moment."""
    held = [socket.socket() for _ in range(n)]
    try:
        for one in held:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in held]
    finally:
        for one in held:
            one.close()


def port_is_free(port: int) -> bool:
    """Whether a server could listen on this port of 127.0.0.1."""
    with socket.socket() as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            one.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
