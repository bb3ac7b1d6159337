"""How much memory a process and all it started hold at most, looked at from a thread beside."""

from __future__ import annotations

import threading
from types import TracebackType

import psutil

_EVERY = 0.25
"""Seconds between two looks."""
_SHARED_EVERY = 8
"""Every so many looks memory is also counted with shared pages split among their users, which takes longer."""


class Watch:
    """A context manager around the life of process ``pid``; ``peak`` and ``peak_shared`` are bytes.

    ``peak`` is the sum of the resident sizes: a page that two processes share counts twice. ``peak_shared`` counts it
    once (Linux only, else 0).
    """

    def __init__(self, pid: int) -> None:
        self.peak = 0
        self.peak_shared = 0
        self._pid = pid
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
        while not self._over.is_set():
            tree = _tree(self._pid)
            self.peak = max(self.peak, sum(_resident(process) for process in tree))
            if number % _SHARED_EVERY == 0:
                self.peak_shared = max(self.peak_shared, sum(_split(process) for process in tree))
            number += 1
            self._over.wait(_EVERY)


def _tree(pid: int) -> list[psutil.Process]:
    try:
        root = psutil.Process(pid)
        return [root, *root.children(recursive=True)]
    except psutil.Error:  # it ended while we looked
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
