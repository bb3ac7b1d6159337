"""The hub that is measured: started, killed as by a power cut, its disk filled, its memory looked at."""

from __future__ import annotations

import contextlib
import os
import signal
import statistics
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil

from autograde.hub import demo
from autograde.hub.plan import Plan
from worktest.errors import UserError

_FILLER = "filler"
_PIECE = 1 << 20


class Room:
    """A demo hub that can be treated badly; a context manager that stops it."""

    def __init__(self, plan: Plan, say: Callable[[str], None]) -> None:
        self.plan, self._say = plan, say
        self._life = contextlib.ExitStack()
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Room:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._life.close()

    def start(self) -> None:
        """Start the hub, in the folder as it is; returns when it answers."""
        self._process = self._life.enter_context(demo.running(self.plan, self._say))

    def kill(self) -> None:
        """End all of it at once: the hub, the proxy, everybody's servers. Nobody is asked, nothing is flushed."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()
        psutil.wait_procs(self._processes(), timeout=10)
        self._life.pop_all().close()

    def kill_hub(self) -> None:
        """End the hub alone."""
        for process in self._processes():
            with contextlib.suppress(psutil.Error):
                if "jupyterhub" in process.cmdline() and process.uids().real == os.geteuid():
                    process.send_signal(signal.SIGKILL)
                    psutil.wait_procs([process], timeout=10)
                    return
        raise UserError("the hub that was to be killed is not there")

    def _processes(self) -> list[psutil.Process]:
        assert self._process is not None
        with contextlib.suppress(psutil.Error):
            return psutil.Process(self._process.pid).children(recursive=True)
        return []

    def memory(self) -> dict[str, Any]:
        """Bytes of a server, of a kernel, of the hub and its proxy, and of all; pages that are shared split among them.

        Servers and kernels: number and median. Empty where this system does not say.
        """
        people = {one.uid for one in self.plan.accounts() if not one.grader}
        kinds: dict[str, list[int]] = {"server": [], "kernel": [], "course": [], "hub": []}
        for process in self._processes():
            with contextlib.suppress(psutil.Error, AttributeError):
                line, uid = process.cmdline(), process.uids().real
                own = "kernel" if any("ipykernel" in part for part in line) else "server"
                kind = own if uid in people else "course" if uid >= min(people) else "hub"
                kinds[kind].append(int(process.memory_full_info().pss))
        each = {kind: {"n": len(kinds[kind]), "median": statistics.median(kinds[kind] or [0])} for kind in kinds}
        return {**each, "all": sum(map(sum, kinds.values()))}


@contextlib.contextmanager
def small_disk(folder: Path, megabytes: int) -> Any:
    """A disk of its own, in memory, at ``folder``. Raises UserError where none can be made: only root may."""
    folder.mkdir(parents=True, exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=755", "tmpfs", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        told = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise UserError(f"a full disk needs a small disk of its own, and that needs root ({told}): leave `disk` out")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=False)


def fill(folder: Path) -> None:
    """Write into ``folder`` until its disk holds no byte more."""
    with (folder / _FILLER).open("ab", buffering=0) as file:
        size = _PIECE
        while size:
            try:
                file.write(b"\0" * size)
            except OSError:
                size //= 2


def make_room(folder: Path) -> None:
    """Take away what `fill` wrote."""
    (folder / _FILLER).unlink(missing_ok=True)
