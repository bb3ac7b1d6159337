"""A room over a Jupyter kernel: run cells in it, ask it, and notice when it hangs, floods or dies."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

import zmq

from autograde.engine import sandbox
from autograde.engine.kernels import StartedKernel, start_kernel
from autograde.engine.sandbox import Execution
from autograde.examiner.outputs import CellRun, Collector
from autograde.examiner.wires import Wires
from worktest.checks.answer import RoomLost
from worktest.checks.codec import MAX_BYTES, MAX_ITEMS

_SLICE = 0.2
"""Seconds between looks at whether the kernel still lives."""
_MAX_REPLY = MAX_BYTES * 3 // 2
"""Longest reply that is read: what may travel, in base64, and some for the names around it."""


@dataclass(frozen=True)
class Limits:
    """How long and how much: seconds for a cell, for one question, for the start, for a whole notebook; characters kept
    of a cell's output, and characters after which a cell is stopped.
    """

    cell_seconds: float = 60.0
    ask_seconds: float = 20.0
    start_seconds: float = 60.0
    notebook_seconds: float = 1200.0
    kept_chars: int = 20_000
    flood_chars: int = 50_000_000


class KernelRoom:
    """One kernel with the released files of a unit; a context manager.

    ``files`` is the folder of the release: the kernel works in a copy of it that has no notebooks. ``execution`` says
    inside which walls (default: the best this machine has; raises UserError where it has none), ``hide`` which folders
    are out of its sight wherever they lie.
    ``ask`` raises :class:`RoomLost` when the kernel no longer answers.
    """

    def __init__(
        self,
        files: Path,
        limits: Limits | None = None,
        execution: Execution | None = None,
        hide: Sequence[Path] = (),
    ) -> None:
        self.files = files
        self.hide = hide
        self.limits = limits or Limits()
        self.execution = execution or sandbox.best()
        self._kernel: StartedKernel | None = None
        self._client: Any = None
        self._wires: Wires
        self._begun = time.monotonic()
        self.busy_seconds = 0.0
        """Seconds spent waiting for code to run in the kernel, cells and questions together."""

    # Life ---------------------------------------------------------------------------------------------------------

    def __enter__(self) -> KernelRoom:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def start(self) -> None:
        """Start the kernel. Raises :class:`RoomLost` when it does not come up in time."""
        try:
            self._kernel = start_kernel(self.files, self.execution, self.hide)
        except OSError as error:
            raise RoomLost(f"the kernel did not start: {error}") from None
        self._client = self._kernel.manager.client(context=self._kernel.manager.context)
        self._client.start_channels(stdin=False, hb=False)
        self._wires = Wires(self._client)
        deadline = time.monotonic() + self.limits.start_seconds
        while not self._wires.greet():
            if time.monotonic() > deadline or not self._alive():
                problem = self._why_dead() if not self._alive() else "it does not answer"
                self.close()
                raise RoomLost(f"the kernel did not start: {problem}")

    def close(self) -> None:
        """Kill the kernel and remove its sockets; safe to call twice."""
        if self._client is not None:
            self._wires.close()
            self._client.stop_channels()
            self._client = None
        if self._kernel is not None:
            self._kernel.end()
            self._kernel = None

    def restart(self) -> None:
        """Throw the kernel away and start a new, empty one."""
        self.close()
        self.start()

    # Work ---------------------------------------------------------------------------------------------------------

    def run(self, source: str) -> CellRun:
        """Run one cell. It never raises for what the cell does: ``lost`` says that the kernel is of no use any more."""
        run = CellRun(too_late=not self._alive())
        collect = Collector(run, self.limits.kept_chars, self.limits.flood_chars)
        begun = time.monotonic()
        reply, problem = self._execute(source, self.limits.cell_seconds, collect, silent=False)
        self.busy_seconds += time.monotonic() - begun
        if not problem and _asks_to_exit(reply):
            problem = "it ended the kernel (exit or quit)"
            self.close()
        if problem:
            run.error = problem
            run.lost = not self._recovered()
        return run

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """Send one request to :func:`worktest.room.serve` in the kernel and give its reply as plain data."""
        text = json.dumps({**request, "folder": self._kernel.folder if self._kernel else ""})
        # the room is asked through an expression, so nothing is left behind in the learner's namespace
        expression = f"__import__('worktest.room', fromlist=['serve']).serve({text!r})"
        begun = time.monotonic()
        reply, problem = self._execute(
            "",
            self.limits.ask_seconds,
            Collector(CellRun(), 0, self.limits.flood_chars),
            silent=True,
            expressions={"reply": expression},
        )
        self.busy_seconds += time.monotonic() - begun
        if problem:
            raise RoomLost(problem)
        return _read_reply(reply)

    def _execute(
        self,
        source: str,
        seconds: float,
        collect: Collector,
        *,
        silent: bool,
        expressions: dict[str, str] | None = None,
    ) -> tuple[dict[str, Any] | None, str]:
        """Run ``source`` and wait for its reply and the end of its output; gives (reply, problem)."""
        client = self._client
        if client is None or self._wires.ended or not self._alive():
            return None, "the kernel is gone"
        try:
            message_id = client.execute(
                source, silent=silent, store_history=False, user_expressions=expressions, allow_stdin=False
            )
        except zmq.Again:
            return None, "the kernel takes no more questions"
        deadline = min(time.monotonic() + seconds, self._begun + self.limits.notebook_seconds)
        reply: dict[str, Any] | None = None
        idle = False
        while not (reply and (idle or silent)):
            now = time.monotonic()
            if now > deadline:
                return reply, "" if reply else f"it ran longer than {seconds:g} seconds and was stopped"
            if (not self._wires.wait(_SLICE) or self._wires.ended) and not self._still_alive():
                return None, self._why_dead()
            if self._wires.ended:
                return None, "it printed more than 33 MB in one piece and was stopped"
            if collect.flooded:
                return None, f"it printed more than {self.limits.flood_chars // 10**6} MB and was stopped"
            idle = self._wires.outputs(message_id, collect) or idle
            if reply is None:
                reply = self._wires.reply(message_id)
                if reply is not None:  # all output is on its way; don't wait for it forever
                    deadline = min(deadline, time.monotonic() + 3.0)
        return reply, ""

    @property
    def out_of_time(self) -> bool:
        """Whether the time for the whole notebook is over: nothing more is run."""
        return time.monotonic() - self._begun > self.limits.notebook_seconds

    def _alive(self) -> bool:
        return self._kernel is not None and self._kernel.alive()

    def _still_alive(self) -> bool:
        """The same, with a moment for the news of its end to come where a connection has ended."""
        if self._wires.ended:
            time.sleep(0.3)
        return self._alive()

    def _why_dead(self) -> str:
        why = self._kernel.why if self._kernel is not None else ""
        return f"{why}, so it was stopped" if why else "the kernel died (did the code exit, or run out of memory?)"

    def _recovered(self) -> bool:
        """After a problem: interrupt the kernel and see whether it answers again within a few seconds."""
        if self._kernel is None or self._wires.ended or not self._alive():
            return False
        self._kernel.manager.interrupt_kernel()
        quiet = Collector(CellRun(), 0, self.limits.flood_chars)
        return self._execute("", 3.0, quiet, silent=True)[1] == ""


def _read_reply(reply: dict[str, Any] | None) -> dict[str, Any]:
    """The room's answer in an execute_reply; whatever a learner's code made of the message, a dict comes out."""
    unreadable = {"error": "unreadable", "message": "the kernel's reply can't be read"}
    try:
        answer = (reply or {})["content"]["user_expressions"]["reply"]
        if answer["status"] != "ok":
            return {"error": "unreadable", "message": str(answer["evalue"])[:300]}
        text = answer["data"]["text/plain"]
        if not isinstance(text, str) or len(text) > _MAX_REPLY or text[:1] not in ("'", '"'):
            return unreadable
        # the repr of an ASCII text without control characters; a literal's parser would take fifty times its memory
        inner = text[1:-1].encode("ascii").decode("unicode_escape")
        if sum(inner.count(sign) for sign in "[{,") > 10 * MAX_ITEMS:
            return unreadable
        parsed = json.loads(inner)
    except (KeyError, ValueError, TypeError, MemoryError, RecursionError):
        return unreadable
    return parsed if isinstance(parsed, dict) else unreadable


def _asks_to_exit(reply: dict[str, Any] | None) -> bool:
    payload = (reply or {}).get("content", {}).get("payload")
    return isinstance(payload, list) and any(isinstance(p, dict) and p.get("source") == "ask_exit" for p in payload)
