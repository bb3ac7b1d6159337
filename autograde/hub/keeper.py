"""The first process of the demo's room: it keeps the hub running, and its end is the end of the room.

A hub that ended by itself is started again, with the same accounts and sessions. People's servers and the proxy go on
meanwhile: who works in a notebook can save it all the time.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Iterable, Sequence

_QUICK = 15.0
"""Seconds: a hub that ends sooner did not start."""
_MOST_QUICK = 5
_TO_END = 10.0
"""Seconds in which all others end before the kernel ends them."""


class Keeper:
    """Keeps ``command`` running, as the first process of a room; ``services`` are the ids of the courses' accounts."""

    def __init__(self, command: Sequence[str], environment: dict[str, str], services: Iterable[int]) -> None:
        self._command, self._environment, self._services = list(command), environment, set(services)
        self._hub: subprocess.Popen[bytes] | None = None
        self._stopping = False

    def run(self) -> int:
        """Keep it until told to end (SIGTERM, SIGINT); SIGHUP starts the hub anew. Gives an exit code."""
        for one in (signal.SIGTERM, signal.SIGINT):
            signal.signal(one, self._stop)
        signal.signal(signal.SIGHUP, lambda *_: self._tell(signal.SIGTERM))
        quick, first = 0, True
        while not self._stopping:
            begun = time.monotonic()
            code = self._one_life()
            if self._stopping:
                break
            quick = quick + 1 if time.monotonic() - begun < _QUICK else 0
            if (first and quick) or quick >= _MOST_QUICK:
                return code or 1
            first = False
            print(f"the hub ended by itself ({code}): started again", flush=True)
            self._end_orphans()
            time.sleep(1)
        self._end_all()
        return 0

    def _stop(self, *_: object) -> None:
        self._stopping = True
        self._tell(signal.SIGTERM)

    def _tell(self, what: signal.Signals) -> None:
        if self._hub is not None and self._hub.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._hub.pid, what)

    def _one_life(self) -> int:
        """Start the hub and give its exit code. What else ends meanwhile was left to us, and is taken off the list."""
        self._hub = subprocess.Popen(self._command, env=self._environment, stdin=subprocess.DEVNULL)
        if self._stopping:  # told so in between
            self._tell(signal.SIGTERM)
        while True:
            pid, status = os.waitpid(-1, 0)
            if pid == self._hub.pid:
                self._hub.returncode = os.waitstatus_to_exitcode(status)
                return self._hub.returncode

    def _end_orphans(self) -> None:
        """End what a killed hub left of the courses' services: they hold the ports that the new ones need."""
        import psutil

        mine = []
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.Error):
                if process.ppid() == 1 and process.uids().real in self._services:
                    process.terminate()
                    mine.append(process)
        for process in psutil.wait_procs(mine, timeout=5)[1]:
            with contextlib.suppress(psutil.Error):
                process.kill()

    def _end_all(self) -> None:
        """Ask everybody else in the room to end, so that nobody is cut off in the middle of writing a file."""
        if os.getpid() != 1:  # in no room of its own, everybody would be everybody
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(-1, signal.SIGTERM)
        end = time.monotonic() + _TO_END
        with contextlib.suppress(ChildProcessError):
            while time.monotonic() < end:
                if os.waitpid(-1, os.WNOHANG)[0] == 0:
                    time.sleep(0.1)
