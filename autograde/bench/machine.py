"""What the numbers were measured on: cores, load, versions. Nothing that names the machine or its owner."""

from __future__ import annotations

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from typing import Any

_LIBRARIES = (
    "nbgrader",
    "nbclient",
    "nbconvert",
    "ipykernel",
    "jupyter-client",
    "sqlalchemy",
    "torch",
    "transformer-lens",
    "numpy",
    "scipy",
    "worktest",
)


def describe() -> dict[str, Any]:
    """Cores that this process may use, memory in bytes, the system's name, and the versions of what takes part.

    ``threads`` is what the environment says to torch: nbgrader's kernels take it over, ours have one thread anyway.
    """
    import psutil

    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return {
        "cores": cores,
        "memory": int(psutil.virtual_memory().total),
        "system": platform.system(),
        "processor": platform.machine(),
        "threads": os.environ.get("OMP_NUM_THREADS", "as each side has it"),
        "versions": {"python": platform.python_version(), **{name: _version(name) for name in _LIBRARIES}},
    }


def load() -> float:
    """Mean number of processes that wanted a core in the last minute; NaN where the system does not say."""
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
