"""The same walls by bubblewrap (``bwrap``), where kernels can't be forked into namespaces of our own."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys

from autograde.engine import plan
from autograde.engine.plan import Room


def command(room: Room, program: list[str], environment: dict[str, str]) -> list[str]:
    """The command line that runs ``program`` in ``room``. bubblewrap sets no limits: ``program`` must do that."""
    words = [
        "bwrap",
        "--unshare-all",
        "--unshare-user",
        "--die-with-parent",
        "--new-session",
        "--cap-drop",
        "ALL",
        "--clearenv",
    ]
    for name, value in environment.items():
        words += ["--setenv", name, value]
    words += ["--dev", "/dev", "--proc", "/proc", "--remount-ro", "/dev", "--size", "1048576", "--tmpfs", "/home"]
    words += ["--size", str(room.limits.scratch), "--tmpfs", "/tmp"]
    for path in plan.SYSTEM:
        if os.path.islink(path):
            words += ["--symlink", os.readlink(path), path]
        else:
            words += ["--ro-bind-try", path, path]
    for path in (*room.walls.visible, *(f"/etc/{name}" for name in plan.ETC)):
        words += ["--ro-bind-try", path, path]
    for path, leads_to in room.walls.links:
        if not any(
            path == seen or path.startswith(seen.rstrip("/") + "/") for seen in (*plan.SYSTEM, *room.walls.visible)
        ):
            words += ["--symlink", leads_to, path]
    for path in room.walls.hidden:
        if any(path.startswith(seen + "/") for seen in room.walls.visible):
            words += ["--tmpfs", path, "--remount-ro", path]
    words += ["--size", str(room.limits.scratch), "--tmpfs", room.folder]
    for entry in sorted(os.listdir(room.files)):
        words += ["--ro-bind", f"{room.files}/{entry}", f"{room.folder}/{entry}"]
    words += ["--bind", room.sockets, plan.SOCKETS, "--chdir", room.folder]
    # for root the numbers in /proc/sys are its own to write, even in here; and the root is a scratch space too
    words += ["--remount-ro", "/proc", "--remount-ro", "/"]
    return [*words, "--", *program]


@functools.cache
def works() -> bool:
    """Whether bubblewrap is installed and may do here what it is for."""
    if sys.platform != "linux" or shutil.which("bwrap") is None:
        return False
    words = ["bwrap", "--unshare-all", "--ro-bind", "/", "/", "--proc", "/proc", "--dev", "/dev", "true"]
    try:
        return subprocess.run(words, capture_output=True, timeout=20).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False
