"""How far a research folder is, in one line and as an area of ``worktest progress``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from worktest.errors import UserError
from worktest.extend.folder import HAND_IN, Research, all_in
from worktest.extend.plan import unwritten
from worktest.readiness import Area, Step
from worktest.safe import counted


@dataclass(frozen=True)
class State:
    """One folder: its unit, when it was registered ("" for not yet), runs with a result, whether it was handed in."""

    name: str
    unit: str
    to_write: int = 0
    registered: str = ""
    runs: int = 0
    notes: int = 0
    handed_in: bool = False
    problem: str = ""

    def __str__(self) -> str:
        if self.problem:
            return self.problem
        if not self.registered:
            left = f"; {counted(self.to_write, 'text')} of the plan to write" if self.to_write else ""
            return f"not registered{left}"
        said = f"registered {self.registered}, {counted(self.runs, 'run')} done, {counted(self.notes, 'note')}"
        return said + (", handed in" if self.handed_in else "")

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {**vars(self), "state": str(self)}


def state_of(research: Research) -> State:
    """Read a folder. Never raises for what is in it."""
    try:
        plan = research.plan()
    except UserError as problem:
        return State(research.name, "", problem=str(problem))
    log = research.log()
    return State(
        research.name,
        plan.unit,
        len(unwritten(plan)),
        log.registration.time[:10] if log.registration else "",
        sum(len(run.seeds) for run in log.runs if not run.pilot),
        len(log.notes),
        (research.path / HAND_IN / f"{research.name}.zip").is_file(),
    )


def carrying_on(workspace: Path, done: list[str]) -> Area:
    """The area of ``worktest progress``: extensions, and the next step.

    ``done`` holds the two digits of the units whose work test has points.
    """
    area = Area("carrying-on", "Carrying on", "what you did with your own question, after the answer or without one")
    states = [state_of(research) for research in all_in(workspace)]
    area.done = [f"{state.name} (unit {state.unit[:2] or '?'}): {state}" for state in states]
    registered = [state for state in states if state.registered]
    text = f"{len(registered)} of {counted(len(states), 'research folder')}"
    area.add("registered before its runs", len(registered), len(states), text)
    open_ = next((state for state in states if not state.handed_in), None)
    if open_ is None and not done:
        area.step = Step("An extension grows out of a work test: begin one.", "worktest start 01")
    elif open_ is None:
        area.step = Step("Carry a work test on with a question of your own.", f"worktest extend {done[0]} NAME")
    elif not open_.registered:
        area.step = Step(f"Write the plan of {open_.name}, then register it.", f"worktest extend register {open_.name}")
    elif not open_.runs:
        area.step = Step(f"Run {open_.name}.", f"worktest extend run {open_.name}")
    else:
        area.step = Step(f"See what {open_.name} lacks, then hand it in.", f"worktest extend check {open_.name}")
    return area
