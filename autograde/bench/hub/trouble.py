"""What can break while people work: the hub, the whole machine, the disk. Each is done for real."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from autograde.bench.hub.learner import Learner, broken
from autograde.bench.hub.person import Person, Refused
from autograde.bench.hub.room import Room, fill, make_room
from autograde.bench.hub.tally import Tally
from worktest.safe import plain

_PATIENCE = 6
"""Seconds in which a log-in works if it works at all."""


@dataclass
class Setting:
    """Who is there while it happens."""

    room: Room
    people: Sequence[Learner]
    head: Person
    tally: Tally
    every: float
    say: Callable[[str], None]


@dataclass
class Trouble:
    """What came of it: seconds until everybody had saved again, attempts that failed, what of theirs was not whole.

    ``down`` are the seconds until the hub answered again. ``told`` is what somebody read who tried, by what they tried.
    """

    kind: str
    down: float = 0.0
    until_all_work: float = 0.0
    failed: int = 0
    lost: list[str] = field(default_factory=list)
    told: dict[str, str] = field(default_factory=dict)


async def restart(at: Setting) -> Trouble:
    """The hub's process is killed; people's servers and the proxy stay."""
    return await _through(at, Trouble("restart"), lambda _: asyncio.to_thread(at.room.kill_hub))


async def kill(at: Setting) -> Trouble:
    """Everything is killed at once, as by a power cut, and started again in the same folder."""

    async def cut(found: Trouble) -> None:
        await asyncio.to_thread(at.room.kill)
        found.lost += _not_whole(at)
        await asyncio.to_thread(at.room.start)

    return await _through(at, Trouble("kill"), cut)


async def disk(at: Setting) -> Trouble:
    """The disk is full for a while: people save and hand in, the facilitator collects, somebody logs in."""

    async def full(found: Trouble) -> None:
        root, unit = at.room.plan.root, at.people[0].unit
        # so that there is something to collect
        await at.people[0].ask("POST", "assignments/submit", data=at.people[0].wanted())
        await asyncio.to_thread(fill, root)
        for kind, attempt in (
            ("hand in", lambda: at.people[0].ask("POST", "assignments/submit", data=at.people[0].wanted())),
            ("collect", lambda: at.head.types(f"autograde collect {unit}")),
            ("log in", lambda: _come_anew(at)),
        ):
            await asyncio.to_thread(fill, root)  # what failed before may have left room
            found.told[kind] = await _said(attempt)
        await asyncio.sleep(2 * at.every)
        found.lost += _not_whole(at)
        make_room(root)
        found.told["log in, with room again"] = await _said(lambda: _come_anew(at))

    return await _through(at, Trouble("disk"), full)


KINDS: dict[str, Callable[[Setting], Awaitable[Trouble]]] = {"restart": restart, "kill": kill, "disk": disk}


async def _through(at: Setting, found: Trouble, happens: Callable[[Trouble], Awaitable[None]]) -> Trouble:
    """Let it happen, then wait until the hub answers and everybody has saved once more."""
    failed = _failures(at)
    begun = time.monotonic()
    await happens(found)
    before = {one.name: one.saved.total for one in at.people}
    await at.head.arrive()
    found.down = time.monotonic() - begun
    while not all(one.saved.total > before[one.name] for one in at.people):
        await asyncio.sleep(0.2)
    found.until_all_work = time.monotonic() - begun
    found.failed = _failures(at) - failed
    return found


def _failures(at: Setting) -> int:
    return sum(sum(one.values()) for one in at.tally.failed.values())


def _not_whole(at: Setting) -> list[str]:
    """Whose notebook on the disk is neither what was acknowledged last nor what was tried since."""
    return broken({one.name: (one.saved, at.room.plan.home(one.name) / one.path) for one in at.people})


async def _come_anew(at: Setting) -> str:
    """Somebody who works already logs in from another browser."""
    one = at.people[-1]
    async with one.elsewhere() as other:
        await asyncio.wait_for(other.arrive(), _PATIENCE)
    return "works"


async def _said(attempt: Callable[[], Awaitable[object]]) -> str:
    try:
        told = await attempt()
    except Refused as problem:
        return plain(str(problem), 400)
    except TimeoutError:
        return f"does not work, for {_PATIENCE} seconds"
    return plain(str(told).strip() if isinstance(told, str) else "works", 400)
