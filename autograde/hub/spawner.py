"""Starting people's servers: a few at once, the others in a queue, and none taken for one that a power cut ended.

JupyterHub's own limit (``concurrent_spawn_limit``) turns the next one away with an error page. Without a limit, thirty
servers that start at once on two cores all take minutes, and the first is no sooner there than the last.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import time
from collections.abc import AsyncIterator
from typing import Any

from jupyterhub.spawner import LocalProcessSpawner
from traitlets import Integer

from autograde.hub.plan import ROOM

_PATIENCE = 120
"""Seconds after which a server that neither answers nor ended lets the next one start."""


class QueueSpawner(LocalProcessSpawner):
    """A server of one's own account, started when it is its turn; the page says how many are before."""

    at_once = Integer(2, min=1, config=True, help="How many servers may start at the same time.")

    _turns: asyncio.Semaphore | None = None
    """Of all the spawners together."""
    _queue: tuple[QueueSpawner, ...] = ()

    async def start(self) -> Any:
        """Wait for the turn, start, and keep the turn until the server answers."""
        kind = QueueSpawner
        if kind._turns is None:
            kind._turns = asyncio.Semaphore(self.at_once)
        kind._queue = (*kind._queue, self)
        try:
            async with kind._turns:
                kind._queue = tuple(one for one in kind._queue if one is not self)
                address = await super().start()
                await self._until_it_answers(*address)
                return address
        finally:  # also where it was given up while it waited
            kind._queue = tuple(one for one in kind._queue if one is not self)

    async def _until_it_answers(self, host: str, port: int) -> None:
        """Return as soon as the port is open or the process ended, which the hub then finds out for itself."""
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end and self.proc is not None and self.proc.poll() is None:
            with contextlib.suppress(OSError):
                _, writer = await asyncio.open_connection(host, port)
                writer.close()
                return
            await asyncio.sleep(0.1)

    async def progress(self) -> AsyncIterator[dict[str, Any]]:
        """What the page shows while one waits."""
        told = -1
        while self in QueueSpawner._queue:
            before = QueueSpawner._queue.index(self)
            if before != told:
                told = before
                yield {"progress": 10, "message": f"waiting for other servers to start, {before} before yours"}
            await asyncio.sleep(0.5)
        yield {"progress": 50, "message": "starting your server"}

    def get_state(self) -> dict[str, Any]:
        """The process, and in which room it lives."""
        return {**super().get_state(), "room": os.environ.get(ROOM, "")}

    def load_state(self, state: dict[str, Any]) -> None:
        """Take up a server of before, if it can still be there: in another room its number is another's process."""
        super().load_state(state if state.get("room", "") == os.environ.get(ROOM, "") else {})
