"""The process between the warm server and one kernel: builds the walls, starts the kernel, watches, cleans up.

It holds what is left of the grader's rights inside the walls, and none of the learner's code ever runs in it. When it
ends, for whatever reason, the kernel's process space ends with it.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import shutil
import signal
from pathlib import Path
from typing import Any, NoReturn

from autograde.engine import kernel_process, syscalls, walls
from autograde.engine.plan import Room

_LOOK = 0.5
"""Seconds between two looks at the memory of all processes of a kernel."""


def keep(room: Room | None, folder: str, status: int, wanted: kernel_process.Wanted) -> NoReturn:
    """Run a kernel in ``room`` (None: without walls, in ``folder``) and say how it begins and ends. Never returns.

    Written to the descriptor ``status``, one JSON object a line: ``{"started": pid}``, then
    ``{"exit": code, "why": text}``; or ``{"failed": reason}``.
    """

    def say(what: dict[str, Any]) -> None:
        os.write(status, json.dumps(what).encode() + b"\n")

    try:
        syscalls.die_with_parent(signal.SIGTERM)
        if room is not None:
            walls.leave(room)
            walls.build(room)
        ready_read, ready_write = os.pipe()
        go_read, go_write = os.pipe()
        pid = os.fork()
    except OSError as error:
        say({"failed": str(error)})
        os._exit(1)
    if pid == 0:
        _be_the_kernel(room, folder, ready_write, go_read, wanted)
    os.close(ready_write)
    os.close(go_read)

    def stop(*_: Any) -> None:
        _kill(pid, room)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    said = _read_all(ready_read)
    if said != b"ready":
        _kill(pid, room)
        os.waitpid(pid, 0)
        say({"failed": said.decode(errors="replace")[:500] or "the kernel ended before it was ready"})
        os._exit(1)
    try:
        if room is not None:
            walls.close_root()
            walls.seal()
    except OSError as error:
        _kill(pid, room)
        say({"failed": str(error)})
        os._exit(1)
    say({"started": pid})
    os.write(go_write, b"go")
    os.close(go_write)
    why = _watch(pid, room)
    _, ended = os.waitpid(pid, 0)
    if room is None:
        with contextlib.suppress(OSError):  # what it left behind, where no process space ends with it
            os.killpg(pid, signal.SIGKILL)
        shutil.rmtree(folder, ignore_errors=True)
    say({"exit": os.waitstatus_to_exitcode(ended), "why": why})
    os._exit(0)


def _be_the_kernel(
    room: Room | None, folder: str, ready_write: int, go_read: int, wanted: kernel_process.Wanted
) -> NoReturn:
    """The forked child: becomes nobody, builds a kernel, waits until its sockets are sealed, runs it."""
    try:
        kernel_process.close_all_but(ready_write, go_read)
        nowhere = os.open(os.devnull, os.O_RDWR)
        for standard in (0, 1, 2):
            os.dup2(nowhere, standard)
        os.close(nowhere)
        os.setsid()
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        if room is not None:
            os.chdir(room.folder)
            walls.own_processes()
            walls.set_limits(room.limits)
            walls.drop_privileges(room)
        else:
            os.chdir(folder)
        with contextlib.suppress(OSError):
            syscalls.die_with_parent()
        app = kernel_process.prepare(wanted)
        os.write(ready_write, b"ready")
        os.close(ready_write)
        if os.read(go_read, 2) != b"go":
            os._exit(0)  # the warden is gone
        os.close(go_read)
        kernel_process.run(app)
        os._exit(0)
    except SystemExit as exit_:
        os._exit(exit_.code if isinstance(exit_.code, int) else 1)
    except BaseException as error:
        with contextlib.suppress(OSError):
            os.write(ready_write, f"{type(error).__name__}: {error}"[:500].encode())
        os._exit(70)


def _read_all(descriptor: int) -> bytes:
    """All that comes until the other side closes or says that it is ready."""
    said = b""
    while said != b"ready" and (chunk := os.read(descriptor, 4096)):
        said += chunk
    os.close(descriptor)
    return said


def _watch(pid: int, room: Room | None) -> str:
    """Wait until the kernel ends. Gives why it was stopped, or ""."""
    ended = os.pidfd_open(pid)
    looker = select.poll()
    looker.register(ended, select.POLLIN)
    while not looker.poll(_LOOK * 1000):
        if room is not None and (used := memory_of_all()) > room.limits.memory:
            _kill(pid, room)
            return f"it used {used / 1024**3:.1f} GB of memory; {room.limits.memory / 1024**3:.0f} GB are allowed"
    os.close(ended)
    return ""


def memory_of_all(proc: str = "/proc") -> int:
    """Bytes that the processes in ``proc`` hold of their own, shared pages counted once; 0 where it is empty."""
    total = 0
    with contextlib.suppress(OSError):
        for name in os.listdir(proc):
            if name.isdigit():
                with contextlib.suppress(OSError, ValueError):
                    total += _own_pages(f"{proc}/{name}/smaps_rollup")
    return total


def _own_pages(path: str) -> int:
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0


def _kill(pid: int, room: Room | None) -> None:
    with contextlib.suppress(OSError):
        if room is None:
            os.killpg(pid, signal.SIGKILL)
        os.kill(pid, signal.SIGKILL)
