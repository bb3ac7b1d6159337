"""Where submissions are examined: in worker processes of this machine, or on the machines of a dask cluster.

Both take the same function and the same bytes. A worker holds no gradebook, no secret and no other submission.
"""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import os
import re
import signal
import sys
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import asdict
from typing import Any

from autograde.engine import syscalls
from autograde.examiner.execution import Job, Outcome, hold
from autograde.examiner.kernel import Limits
from worktest.errors import UserError


def pack(jobs: list[Job]) -> bytes:
    """The jobs of one submission as bytes."""
    return json.dumps([asdict(job) for job in jobs]).encode()


def examine(packed: bytes) -> bytes:
    """Examine one submission, in a worker: bytes in, bytes out. What can't be examined comes back as a reason."""
    try:
        outcomes = [asdict(hold(_job(data))) for data in json.loads(packed)]
    except UserError as problem:
        return json.dumps({"refused": str(problem)}).encode()
    return json.dumps({"outcomes": outcomes}).encode()


def unpack(answer: bytes) -> list[Outcome]:
    """The outcomes of one submission's jobs, in their order. Raises UserError with the worker's reason."""
    data = json.loads(answer)
    if "refused" in data:
        raise UserError(data["refused"])
    return [
        Outcome({int(place): outputs for place, outputs in o["outputs"].items()}, o["run_seconds"], o["lacking"])
        for o in data["outcomes"]
    ]


def _job(data: dict[str, Any]) -> Job:
    skip = None if data["skip"] is None else tuple(data["skip"])
    return Job(**{**data, "limits": Limits(**data["limits"]), "skip": skip, "hide": tuple(data["hide"])})


@contextlib.contextmanager
def local(workers: int) -> Iterator[Executor]:
    """Worker processes here; at the end they are stopped, and what they had begun is dropped."""
    # a worker forked from here would share sockets and locks with this process; one that imports for itself is slow
    forks = "forkserver" in multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if forks else "spawn")
    if forks:
        context.set_forkserver_preload(["autograde.engine.pool", "scipy.stats"])
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_calm)
    try:
        yield pool
    finally:
        if getattr(pool, "_pending_work_items", None):  # asked first: a pool that is shut down has forgotten both
            for process in list(getattr(pool, "_processes", None) or {}):
                with contextlib.suppress(OSError):
                    os.kill(process, signal.SIGTERM)
        # its own thread is waited for: one that is still closing its pipes breaks the end of the whole program
        pool.shutdown(wait=True, cancel_futures=True)


def _calm() -> None:
    """Ctrl-C is for who started the batch; the workers are told by the pool. When that dies, so do they."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            syscalls.die_with_parent(signal.SIGKILL)


@contextlib.contextmanager
def cluster(address: str) -> Iterator[Executor]:
    """A dask cluster as an executor. Raises UserError when dask is missing or nobody answers at ``address``."""
    if not re.fullmatch(r"(tcp|tls)://[^\s/:]+:\d+", address):
        raise UserError(f"--dask takes an address such as tcp://HOST:8786, not {address!r}")
    try:
        from dask.distributed import Client
    except ImportError:
        raise UserError("grading on a cluster needs dask: pip install 'worktest[dask]'") from None
    try:
        client = Client(address, timeout="20s", set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise UserError(f"no dask scheduler answers at {address} ({type(error).__name__}); is it running?") from None
    try:
        if not client.scheduler_info()["workers"]:
            raise UserError(f"the scheduler at {address} has no workers: start `dask worker {address}` on each machine")
        with client.get_executor(pure=False, retries=2) as executor:
            yield executor
    finally:
        client.close()


def default_workers() -> int:
    """As many as there are cores for this process; each keeps one kernel busy."""
    return max(1, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)
