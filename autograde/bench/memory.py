"""How much memory a process and all it started hold at most, looked at from a thread beside."""

from __future__ import annotations

import contextlib
import secrets
import threading
from types import TracebackType

import psutil

MARK = "WORKTEST_BENCH_MARK"
"""A variable in the environment of what is measured: by it a server is found that left its parent."""
_EVERY = 0.5
"""Seconds between two looks."""
_SLOW_EVERY = 4
"""Every so many looks come those that take longer: who is marked, and memory with shared pages split."""


class Watch:
    """A context manager around the life of process ``pid``; ``peak`` and ``peak_shared`` are bytes.

    ``peak`` is the sum of the resident sizes: a page that two processes share counts twice. ``peak_shared`` counts it
    once (Linux only, else 0). What has ``mark`` in its environment counts with all it started, wherever it hangs.
    """

    def __init__(self, pid: int, mark: str = "") -> None:
        self.peak = 0
        self.peak_shared = 0
        self._pid = pid
        self._mark = mark
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        number = 0
        roots: list[psutil.Process] = []
        while not self._over.is_set():
            slow = number % _SLOW_EVERY == 0
            if slow:
                with contextlib.suppress(psutil.Error):  # it ended while we looked
                    roots = [psutil.Process(self._pid), *marked(self._mark)]
            tree = {process for root in roots for process in _tree(root)}
            self.peak = max(self.peak, sum(_resident(process) for process in tree))
            if slow:
                self.peak_shared = max(self.peak_shared, sum(_split(process) for process in tree))
            number += 1
            self._over.wait(_EVERY)


def new_mark() -> str:
    """A mark that no other process has."""
    return secrets.token_hex(8)


def marked(mark: str) -> list[psutil.Process]:
    """The processes of this user that have ``mark`` in their environment; none for an empty one."""
    found = []
    for process in psutil.process_iter() if mark else ():
        with contextlib.suppress(psutil.Error, OSError):
            if process.environ().get(MARK) == mark:
                found.append(process)
    return found


def end_marked(mark: str) -> None:
    """End what was left running with ``mark``: a server that would serve the next block is one that is not cold."""
    for process in marked(mark):
        with contextlib.suppress(psutil.Error):
            process.kill()
    psutil.wait_procs(marked(mark), timeout=5)


def _tree(root: psutil.Process) -> list[psutil.Process]:
    try:
        return [root, *root.children(recursive=True)]
    except psutil.Error:
        return []


def _resident(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:
        return 0


def _split(process: psutil.Process) -> int:
    try:
        return int(getattr(process.memory_full_info(), "pss", 0))
    except psutil.Error:
        return 0
