"""A room over a Jupyter kernel: run cells in it, ask it, and notice when it hangs, floods or dies."""

from __future__ import annotations

import ast
import contextlib
import json
import os
import queue
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

from jupyter_client.manager import KernelManager

from worktest import recording
from worktest.checks.answer import RoomLost
from worktest.checks.codec import MAX_BYTES
from worktest.kernels import private_transport

_SLICE = 0.2
"""Seconds between looks at whether the kernel still lives."""
_MAX_REPLY = 8 * MAX_BYTES
"""Longest reply that is read: text in base64, escaped twice at most."""
_KEPT_MIME = ("text/plain", "image/png")
_PICTURE_DISCOUNT = 50
"""A picture may be this many times as long as text."""
_USER_SETTINGS = ("MPLBACKEND", "PYTHONSTARTUP", "NBGRADER_EXECUTION", "NBGRADER_VALIDATING")
"""What a user's shell may hold that would change how an answer runs."""


@dataclass(frozen=True)
class Limits:
    """How long and how much: seconds for a cell, for one question, for the start; characters kept of a cell's output,
    and characters after which a cell is stopped.
    """

    cell_seconds: float = 60.0
    ask_seconds: float = 20.0
    start_seconds: float = 60.0
    kept_chars: int = 20_000
    flood_chars: int = 50_000_000


@dataclass
class CellRun:
    """What running one cell gave: its outputs as nbformat dicts, and a problem that the examiner names itself.

    ``lost``: the kernel is of no use any more. ``too_late``: it was gone before the cell began.
    """

    outputs: list[dict[str, Any]] = field(default_factory=list)
    error: str = ""
    lost: bool = False
    too_late: bool = False
    chars: int = 0


class KernelRoom:
    """One kernel in ``folder``; a context manager. ``ask`` raises :class:`RoomLost` when it no longer answers."""

    def __init__(self, folder: Path, limits: Limits | None = None, kernel_name: str = "python3") -> None:
        self.folder = folder
        self.limits = limits or Limits()
        self.kernel_name = kernel_name
        self._manager: KernelManager | None = None
        self._client: Any = None
        self._held = contextlib.ExitStack()

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
        self._held = contextlib.ExitStack()
        config = self._held.enter_context(private_transport())
        manager = KernelManager(kernel_name=self.kernel_name, config=config)
        environment = {name: value for name, value in os.environ.items() if name not in _USER_SETTINGS}
        environment.update(recording.OFF)
        # one thread: kernels graded side by side don't fight, and sums come out in one order
        environment.update(OMP_NUM_THREADS="1", MKL_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")
        # a startup script in the grader's own ~/.ipython has no say in a grade
        environment["IPYTHONDIR"] = self._held.enter_context(
            tempfile.TemporaryDirectory(prefix="wt-ipython-", ignore_cleanup_errors=True)
        )
        manager.start_kernel(
            cwd=str(self.folder),
            env=environment,
            extra_arguments=["--HistoryManager.hist_file=:memory:", "--log-level=40"],
        )
        self._manager = manager
        self._client = manager.client()
        self._client.start_channels()
        try:
            self._client.wait_for_ready(timeout=self.limits.start_seconds)
        except RuntimeError as error:
            self.close()
            raise RoomLost(f"the kernel did not start: {error}") from None

    def close(self) -> None:
        """Kill the kernel and remove its sockets; safe to call twice."""
        if self._client is not None:
            self._client.stop_channels()
            self._client = None
        if self._manager is not None:
            self._manager.shutdown_kernel(now=True)
            self._manager.cleanup_resources()
            self._manager = None
        self._held.close()

    def restart(self) -> None:
        """Throw the kernel away and start a new, empty one."""
        self.close()
        self.start()

    # Work ---------------------------------------------------------------------------------------------------------

    def run(self, source: str) -> CellRun:
        """Run one cell. It never raises for what the cell does: ``lost`` says that the kernel is of no use any more."""
        run = CellRun(too_late=not self._alive())
        collect = _Collector(run, self.limits.kept_chars, self.limits.flood_chars)
        reply, problem = self._execute(source, self.limits.cell_seconds, collect, silent=False)
        if not problem and _asks_to_exit(reply):
            problem = "it ended the kernel (exit or quit)"
            self.close()
        if problem:
            run.error = problem
            run.lost = not self._recovered()
        return run

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """Send one request to :func:`worktest.room.serve` in the kernel and give its reply as plain data."""
        text = json.dumps({**request, "folder": str(self.folder)})
        # the room is asked through an expression, so nothing is left behind in the learner's namespace
        expression = f"__import__('worktest.room', fromlist=['serve']).serve({text!r})"
        reply, problem = self._execute(
            "",
            self.limits.ask_seconds,
            _Collector(CellRun(), 0, self.limits.flood_chars),
            silent=True,
            expressions={"reply": expression},
        )
        if problem:
            raise RoomLost(problem)
        return _read_reply(reply)

    def _execute(
        self,
        source: str,
        seconds: float,
        collect: _Collector,
        *,
        silent: bool,
        expressions: dict[str, str] | None = None,
    ) -> tuple[dict[str, Any] | None, str]:
        """Run ``source`` and wait for its reply and the end of its output; gives (reply, problem)."""
        client = self._client
        if client is None or not self._alive():
            return None, "the kernel is gone"
        message_id = client.execute(
            source, silent=silent, store_history=False, user_expressions=expressions, allow_stdin=False
        )
        deadline = time.monotonic() + seconds
        reply: dict[str, Any] | None = None
        idle = False
        while not (reply and idle):
            now = time.monotonic()
            if now > deadline:
                return reply, "" if reply else f"it ran longer than {seconds:g} seconds and was stopped"
            if not self._alive():
                return None, "the kernel died (did the code exit, or run out of memory?)"
            if collect.flooded:
                return None, f"it printed more than {self.limits.flood_chars // 10**6} MB and was stopped"
            idle = _drain(client.get_iopub_msg, message_id, collect, _SLICE) or idle
            if reply is None:
                reply = _reply_to(client, message_id)
                if reply is not None:  # all output is on its way; don't wait for it forever
                    deadline = min(deadline, time.monotonic() + 3.0)
        return reply, ""

    def _alive(self) -> bool:
        return self._manager is not None and bool(self._manager.is_alive())

    def _recovered(self) -> bool:
        """After a problem: interrupt the kernel and see whether it answers again within a few seconds."""
        if not self._alive() or self._manager is None:
            return False
        self._manager.interrupt_kernel()
        quiet = _Collector(CellRun(), 0, self.limits.flood_chars)
        return self._execute("", 3.0, quiet, silent=True)[1] == ""


class _Collector:
    """Keeps a cell's outputs, text and PNG only, up to a number of characters; counts what it drops."""

    def __init__(self, run: CellRun, kept_chars: int, flood_chars: int) -> None:
        self.run = run
        self.left = kept_chars
        self.flood_chars = flood_chars

    @property
    def flooded(self) -> bool:
        """Whether there was so much output that the cell is stopped."""
        return self.run.chars > self.flood_chars

    def __call__(self, message: dict[str, Any]) -> None:
        kind, content = message["header"]["msg_type"], message["content"]
        if kind == "stream":
            text = str(content["text"])
            self.run.chars += len(text)
            self._stream("stderr" if content["name"] == "stderr" else "stdout", text)
        elif kind in ("display_data", "execute_result"):
            data = {k: str(v) for k, v in content["data"].items() if k in _KEPT_MIME}
            self.run.chars += sum(len(v) for v in data.values())
            cost = sum(len(v) // (_PICTURE_DISCOUNT if k == "image/png" else 1) for k, v in data.items())
            if data and self._spend(cost):
                self.run.outputs.append({"output_type": "display_data", "data": data, "metadata": {}})
        elif kind == "error":
            trace = [str(line)[:2000] for line in content["traceback"][-30:]]
            name, value = str(content["ename"])[:200], str(content["evalue"])[:2000]
            if self._spend(200):
                self.run.outputs.append({"output_type": "error", "ename": name, "evalue": value, "traceback": trace})

    def _spend(self, cost: int) -> bool:
        """Whether an output of this size is still kept; the first that is not leaves a line that says so."""
        if cost <= self.left:
            self.left -= cost
            return True
        self._stream("stdout", " " * (self.left + 1))
        return False

    def _stream(self, name: str, text: str) -> None:
        if self.left <= 0:
            return
        kept = text[: self.left]
        self.left -= len(kept)
        if len(kept) < len(text) or self.left == 0:
            kept = kept.rstrip() + "\n... (the rest of this output is not kept)\n"
            self.left = 0
        last = self.run.outputs[-1] if self.run.outputs else None
        if last and last["output_type"] == "stream" and last["name"] == name:
            last["text"] += kept
        else:
            self.run.outputs.append({"output_type": "stream", "name": name, "text": kept})


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
        parsed = json.loads(ast.literal_eval(text))
    except (KeyError, ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return unreadable
    return parsed if isinstance(parsed, dict) else unreadable


def _asks_to_exit(reply: dict[str, Any] | None) -> bool:
    payload = (reply or {}).get("content", {}).get("payload")
    return isinstance(payload, list) and any(isinstance(p, dict) and p.get("source") == "ask_exit" for p in payload)


def _drain(get: Callable[..., dict[str, Any]], message_id: str, collect: _Collector, wait: float) -> bool:
    """Take the output messages that are there; gives whether the end of ``message_id`` was among them."""
    budget = 2000  # look at the clock now and then even while a cell floods
    while budget and not collect.flooded:
        budget -= 1
        try:
            message = get(timeout=wait)
            wait = 0.005
            if message["parent_header"].get("msg_id") != message_id:
                continue
            if message["header"]["msg_type"] != "status":
                collect(message)
            elif message["content"]["execution_state"] == "idle":
                return True
        except queue.Empty:
            return False
        except (ValueError, KeyError, TypeError, AttributeError):
            continue  # not a message that a kernel sends: an answer wrote to the socket itself
    return False


def _reply_to(client: Any, message_id: str) -> dict[str, Any] | None:
    for _ in range(2000):
        try:
            message: dict[str, Any] = client.get_shell_msg(timeout=0.005)
            if message["parent_header"].get("msg_id") == message_id and isinstance(message["content"], dict):
                return message
        except queue.Empty:
            return None
        except (ValueError, KeyError, TypeError, AttributeError):
            continue
    return None
