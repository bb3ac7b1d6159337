"""What a forked process does to become an IPython kernel: clean hands, a connection file, fresh random numbers."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass
class Wanted:
    """The connection file's content and the environment of the kernel; ``scratch`` is its folder for small things."""

    connection: dict[str, Any]
    environment: dict[str, str] = field(default_factory=dict)
    scratch: str = "/tmp"


def close_all_but(*kept: int) -> None:
    """Close every descriptor above the standard three that is not in ``kept``; what was inherited stays outside."""
    most = 65_536
    low = 3
    for descriptor in sorted(kept):
        os.closerange(low, descriptor)
        low = descriptor + 1
    os.closerange(low, most)


def prepare(wanted: Wanted) -> Any:
    """Make this process an IPython kernel with its sockets bound, not yet listening; gives the application."""
    os.environ.clear()
    os.environ.update(wanted.environment)
    path = Path(wanted.scratch) / "connection.json"
    path.touch(mode=0o600)
    path.write_text(json.dumps(wanted.connection), encoding="utf-8")
    sys.argv = ["kernel"]
    _reseed()
    if matplotlib := sys.modules.get("matplotlib"):  # which read the setting when the server imported it
        matplotlib.rcParams["backend"] = "module://matplotlib_inline.backend_inline"
    from ipykernel.kernelapp import IPKernelApp

    app = IPKernelApp.instance()
    app.initialize(["-f", str(path), "--HistoryManager.hist_file=:memory:", "--log-level=50"])
    return app


def run(app: Any) -> None:
    """Serve until the kernel is told to stop. Nothing of the grader's side stays within reach of an import."""
    for name in [n for n in sys.modules if n.partition(".")[0] == "autograde"]:
        del sys.modules[name]
    with contextlib.suppress(ValueError):
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
    app.start()


def _reseed() -> None:
    """Siblings of one fork would all draw the same numbers; one thread, as the library's pools did not survive it."""
    random.seed()
    if numpy := sys.modules.get("numpy"):
        numpy.random.seed()
    if torch := sys.modules.get("torch"):
        torch.seed()
        torch.set_num_threads(1)
