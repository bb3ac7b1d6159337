"""Kernels of our own talk over files that only this user can reach, not over open ports."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator

from traitlets.config import Config


@contextlib.contextmanager
def private_transport() -> Iterator[Config]:
    """Settings for a kernel manager whose sockets lie in a folder of this user's, removed at the end.

    On Windows, which lacks such sockets, the settings are empty and the kernel listens on loopback as usual.
    """
    config = Config()
    if sys.platform == "win32":
        yield config
        return
    folder = tempfile.mkdtemp(prefix="wt-")  # short: a socket's path may have about 100 characters
    config.KernelManager.transport = "ipc"
    config.KernelManager.ip = os.path.join(folder, "k")
    try:
        yield config
    finally:
        shutil.rmtree(folder, ignore_errors=True)
