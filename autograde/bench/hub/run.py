"""A morning at a hub: everybody comes, works, hands in, while something breaks; then it is counted what is there."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from autograde import course
from autograde.bench.hub import trouble
from autograde.bench.hub.learner import COURSE, Learner, broken
from autograde.bench.hub.person import Person
from autograde.bench.hub.room import Room
from autograde.bench.hub.tally import Tally
from autograde.bench.machine import describe, load
from autograde.hub import demo
from autograde.hub.plan import Course, free_ports
from worktest.errors import UserError

FACILITATOR = "facilitator"


@dataclass(frozen=True)
class Morning:
    """Who comes and what happens. Times in seconds: how long all come, work, and hand in; between two saves."""

    folder: Path
    unit: str
    notebook: str
    learners: int = 30
    rush: float = 60
    work: float = 240
    end: float = 60
    every: float = 5
    troubles: tuple[str, ...] = ("restart", "kill")
    seed: int = 0


@dataclass
class Outcome:
    """What was measured, and every promise that was broken; none is what one wants."""

    morning: Morning
    tally: Tally = field(default_factory=Tally)
    troubles: list[trouble.Trouble] = field(default_factory=list)
    memory: dict[str, Any] = field(default_factory=dict)
    lost_saves: list[str] = field(default_factory=list)
    lost_submissions: list[str] = field(default_factory=list)
    saves: int = 0
    submissions: int = 0
    collected: str = ""
    load: float = 0.0

    @property
    def lost(self) -> list[str]:
        """All that was acknowledged and is not there."""
        return [*(line for one in self.troubles for line in one.lost), *self.lost_saves, *self.lost_submissions]

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        about = {**asdict(self.morning), "folder": str(self.morning.folder)}
        return {
            "morning": about,
            "times": self.tally.to_json(),
            "troubles": [asdict(one) for one in self.troubles],
            "memory": self.memory,
            "acknowledged": {"saves": self.saves, "submissions": self.submissions},
            "lost": {"saves": self.lost_saves, "submissions": self.lost_submissions, "all": self.lost},
            "collected": self.collected,
            "load": self.load,
            "machine": describe(),
        }


def run(morning: Morning, say: Callable[[str], None]) -> Outcome:
    """Hold the morning on a hub in ``morning.folder``, which must be new. Raises UserError where it fails."""
    names = [f"l{number:02d}" for number in range(1, morning.learners + 1)]
    courses = [Course(COURSE, (morning.unit,))]
    plan = demo.new_plan(morning.folder, free_ports(1)[0], FACILITATOR, names, courses)
    plan.root.mkdir(parents=True, exist_ok=True)
    passwords = demo.make_ready(plan)
    with Room(plan, say) as room:
        return asyncio.run(_hold(morning, room, passwords, say))


async def _hold(morning: Morning, room: Room, passwords: dict[str, str], say: Callable[[str], None]) -> Outcome:
    found = Outcome(morning)
    plan = room.plan
    head = Person(plan.address, FACILITATOR, passwords[FACILITATOR], Tally(), f"/services/{COURSE}/")
    people = [Learner(plan.address, name, passwords[name], found.tally) for name in plan.learners]
    for one in people:
        one.begin(morning.unit, morning.notebook, morning.seed)
    dice = random.Random(morning.seed)
    try:
        say("releasing the unit")
        await head.arrive()
        said = await head.types(f"autograde release {morning.unit}")
        if "released" not in said:
            raise UserError(f"the release of {morning.unit} failed: {said}")
        say(f"{len(people)} come within {morning.rush:.0f} s")
        await asyncio.gather(*(_come(one, dice.uniform(0, morning.rush)) for one in people))
        say(f"all are there and work for {morning.work:.0f} s")
        begun = time.monotonic()
        calm = asyncio.Event()
        working = [asyncio.ensure_future(one.work(begun + morning.work, morning.every, calm)) for one in people]
        setting = trouble.Setting(room, people, head, found.tally, morning.every, say)
        for number, kind in enumerate(morning.troubles, start=1):
            await asyncio.sleep(
                max(0.0, begun + morning.work * number / (len(morning.troubles) + 1) - time.monotonic())
            )
            if number == 1:
                found.memory = await asyncio.to_thread(room.memory)
            say(f"trouble: {kind}")
            found.troubles.append(await trouble.KINDS[kind](setting))
        calm.set()
        await asyncio.gather(*working)
        found.memory = found.memory or await asyncio.to_thread(room.memory)
        found.load = load()
        say(f"all hand in within {morning.end:.0f} s")
        await asyncio.gather(*(_later(one, dice.uniform(0, morning.end)) for one in people))
        say("collecting")
        await head.arrive()
        found.collected = await head.types(f"autograde collect {morning.unit}")
    finally:
        for person in (head, *people):
            await person.__aexit__(None, None, None)
    at_home = {one.name: (one.saved, plan.home(one.name) / one.path) for one in people}
    taken = course.root_of(plan.home(f"grader-{COURSE}")) / "submitted"
    file = f"{morning.notebook}.ipynb"
    found.lost_saves = broken(at_home)
    found.lost_submissions = broken({one.name: (one.handed_in, taken / one.name / one.unit / file) for one in people})
    found.saves = sum(one.saved.total for one in people)
    found.submissions = sum(one.handed_in.total for one in people)
    return found


async def _come(one: Learner, after: float) -> None:
    await asyncio.sleep(after)
    await one.does("log in and start", one.arrive)
    await one.fetch_and_open()


async def _later(one: Learner, after: float) -> None:
    await asyncio.sleep(after)
    await one.hand_in()
