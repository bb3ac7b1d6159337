"""Commands of a work test in its real shape: how it starts, its clock, the hand-in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from worktest import clock as clock_module
from worktest import paths, workspace
from worktest.clock_state import Clock
from worktest.errors import UserError
from worktest.options import AsJson, Folder, Space, Unit
from worktest.safe import plain
from worktest.terminal import print_json

console = Console()
_ACTIONS = ("start", "pause", "resume", "checkpoint", "finish", "forgive")


def _say(text: str) -> None:
    console.print(plain(text, 60_000), highlight=False, markup=False, soft_wrap=True)


@dataclass
class Shape:
    """How a unit is started: as it is, or as a brief with an empty notebook; with a clock or without."""

    number: str
    notebooks: list[str] = field(default_factory=list)
    minutes: float | None = None
    adapt: Callable[[Path], None] | None = None

    @classmethod
    def of(cls, unit: str, brief_only: bool, timed: str | None) -> Shape:
        """Look at the two options before anything is made. Raises UserError for a length of time that is none, or
        for a unit without a brief.
        """
        from worktest import brief

        minutes = None if timed is None else clock_module.minutes_of(timed)
        if not brief_only:
            return cls(unit[:2], minutes=minutes)
        released = paths.curriculum() / unit
        adapt = brief.adapter(unit, released, timed=minutes is not None)
        return cls(unit[:2], brief.briefed(released), minutes, adapt)

    def began(self, folder: Path, console: Console) -> None:
        """Write the templates, start the clock, and say so."""
        from worktest.write_up import write_templates

        if self.adapt is not None:
            made = " and ".join(path.name for path in write_templates(folder))
            console.print(f"Beside it: {made}. When you are done: `worktest handin {self.number}`.", soft_wrap=True)
        if self.minutes is not None:
            clock_module.start(folder, self.minutes)
            console.print(
                f"The clock runs: {clock_module.spell(self.minutes)}. "
                f'`worktest clock {self.number}` shows it, `worktest clock {self.number} pause "why"` stops it.',
                highlight=False,
                soft_wrap=True,
            )


def clock(
    unit: Unit,
    action: Annotated[
        str | None, typer.Argument(help="start, pause, resume, checkpoint, finish or forgive; without: show.")
    ] = None,
    words: Annotated[
        list[str] | None, typer.Argument(help="A reason, a note, a length of time; as the action wants.")
    ] = None,
    space: Space = None,
    directory: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Show the clock of a timed work test, or tell it to pause, to go on, to note where you stand."""
    folder = workspace.learner_folder(paths.resolve_unit(unit), paths.workspace(space), directory)
    number = paths.resolve_unit(unit)[:2]
    state = clock_module.state(folder) if action is None else _act(folder, number, action, words or [])
    if as_json:
        print_json(_as_json(state))
        return
    if action == "checkpoint":
        _say("written down")
    _say(clock_module.one_line(state))
    if action is None:
        _history(state)
    for problem in state.problems:
        _say(f"note: {plain(problem, 300)}")
    for line in clock_module.advice(state, number):
        _say(f"note: {line}")


def _act(folder: Path, number: str, action: str, words: list[str]) -> Clock:
    text = " ".join(words)
    if action in ("resume", "finish") and text:
        raise UserError(f"`worktest clock {number} {action}` takes no more words; a note is a checkpoint of its own")
    if action == "start":
        if not text:
            raise UserError(f"say how long: `worktest clock {number} start 3h`")
        return clock_module.start(folder, clock_module.minutes_of(text))
    if action == "pause":
        return clock_module.pause(folder, text)
    if action == "resume":
        return clock_module.resume(folder)
    if action == "checkpoint":
        return clock_module.checkpoint(folder, text)
    if action == "finish":
        return clock_module.finish(folder)
    if action == "forgive":
        if not words:
            raise UserError(f'say how much, and why: `worktest clock {number} forgive 8h "laptop asleep"`')
        return clock_module.forgive(folder, clock_module.minutes_of(words[0]), " ".join(words[1:]))
    raise UserError(f"a clock knows {', '.join(_ACTIONS)}, not {plain(action, 40)!r}")


def _history(state: Clock) -> None:
    _say(f"started {state.when(state.started)}")
    for pause in state.pauses:
        end = f"to {state.stamp(pause.end)}" if pause.end else "and still"
        length = clock_module.spell(((pause.end or state.now) - pause.begin).total_seconds() / 60)
        _say(f"pause {state.when(pause.begin)} {end} ({length}): {plain(pause.text, 500)}")
    for event in state.events:
        if event.kind == "forgive":
            took = clock_module.spell(event.minutes)
            _say(f"taken off {state.when(event.time)}: {took}: {plain(event.text, 500)}")
        elif event.kind == "checkpoint":
            at = clock_module.spell(state.worked_at(event.time))
            late = ", after the limit" if state.is_after_limit(event.time) else ""
            _say(f"checkpoint at {at} of work{late}: {plain(event.text)}")


def _as_json(state: Clock) -> dict[str, Any]:
    return {
        "limit_minutes": state.limit,
        "worked_minutes": round(state.worked, 2),
        "left_minutes": round(state.left, 2),
        "running": state.running,
        "started": state.started.isoformat(),
        "finished": state.finished.isoformat() if state.finished else None,
        "limit_reached": state.limit_reached.isoformat() if state.limit_reached else None,
        "pauses": [
            {"begin": p.begin.isoformat(), "end": p.end.isoformat() if p.end else None, "reason": p.text}
            for p in state.pauses
        ],
        "checkpoints": [
            {"time": e.time.isoformat(), "worked_minutes": round(state.worked_at(e.time), 2), "note": e.text}
            for e in state.events
            if e.kind == "checkpoint"
        ],
        "forgiven": [
            {"time": e.time.isoformat(), "minutes": e.minutes, "reason": e.text}
            for e in state.events
            if e.kind == "forgive"
        ],
        "gaps": [
            {"begin": g.begin.isoformat(), "end": g.end.isoformat(), "counted_minutes": round(g.open_minutes, 2)}
            for g in state.gaps
        ],
        "problems": state.problems,
    }


def handin(
    unit: Unit,
    template: Annotated[
        bool, typer.Option("--template", help="Write the templates that are not there yet, and nothing else.")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Make nothing while something is missing.")] = False,
    space: Space = None,
    directory: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Put together what a mentor gets: notebook, write-up as PDF, statement of AI use, log; say what is missing."""
    from worktest import hand_in
    from worktest.write_up import write_templates

    name = paths.resolve_unit(unit)
    folder = workspace.learner_folder(name, paths.workspace(space), directory)
    if template:
        made = write_templates(folder)
        if as_json:
            print_json({"files": [str(path) for path in made]})
        else:
            _say(f"written: {', '.join(p.name for p in made)}" if made else "the templates are there already")
        return
    result = hand_in.build(folder, name, strict=strict)
    if as_json:
        print_json(result.to_json())
    else:
        for line in result.missing:
            _say(f"missing: {plain(line, 500)}")
        for line in result.notes:
            _say(f"note: {plain(line, 500)}")
        for path in result.files:
            _say(f"made: {path}")
        if strict and result.missing:
            _say("nothing was made: mend what is missing, or leave out --strict")
    if strict and result.missing:
        raise typer.Exit(1)
