"""Which walls this machine can give a kernel, and the refusal where it can give none.

In order: namespaces of our own around a kernel forked from the warm server (Linux 5.12 and newer, for root or where
user namespaces are allowed); bubblewrap around a kernel of its own; nothing, if asked for in so many words.
"""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass

from autograde.engine import plan, syscalls, walls, warm
from autograde.engine.bubblewrap import works as bubblewrap_works
from worktest.errors import UserError

REFUSAL = (
    "answers are not run: this machine gives no sandbox to run them in ({why}). Install bubblewrap (Linux: the package "
    "`bubblewrap`), or, if you trust every answer that is graded, say --no-sandbox"
)


@dataclass(frozen=True)
class Execution:
    """How kernels are run: inside ``walls`` or not, forked from the warm server or not (then by bubblewrap or plain).

    ``why`` says in a few words why it is not the best there is; "" when it is.
    """

    walls: bool
    warm: bool
    why: str = ""

    def __str__(self) -> str:
        room = {
            (True, True): "namespaces, warm kernels",
            (True, False): "bubblewrap, a new kernel each time",
            (False, True): "no sandbox, warm kernels",
            (False, False): "no sandbox, a new kernel each time",
        }[self.walls, self.warm]
        return f"{room} ({self.why})" if self.why else room


@functools.cache
def probe() -> str:
    """Try to build the walls once, in a process of its own; gives why it can't be done, or ""."""
    if not syscalls.SUPPORTED:
        return "namespaces are a thing of Linux on x86-64 and ARM64"
    tried = subprocess.run(
        [sys.executable, "-P", "-m", "autograde.engine.sandbox"],
        env=warm.clean_environment(),
        capture_output=True,
        text=True,
        timeout=60,
    )
    said = (tried.stdout + tried.stderr).strip().splitlines()
    return "" if tried.returncode == 0 else (said or ["the probe ended without a word"])[-1][:200]


@functools.cache
def best(no_sandbox: bool = False) -> Execution:
    """The best way to run kernels here. Raises UserError where there is no sandbox and none was waived."""
    forks = warm.possible()
    if no_sandbox:
        return Execution(False, forks, "as asked for" if forks else "as asked for; kernels can't be forked here")
    reason = probe()
    if not reason and forks:
        return Execution(True, True)
    if bubblewrap_works():
        return Execution(True, False, f"no namespaces of our own: {reason or 'kernels cannot be forked here'}")
    raise UserError(REFUSAL.format(why=reason or "kernels can't be forked here, and there is no bubblewrap"))


def trusted() -> Execution:
    """How code of this project itself is run (the answer bank, the tests): inside walls where there are any."""
    try:
        return best()
    except UserError:
        return best(no_sandbox=True)


def _try() -> None:
    """In the probe's process: build the walls around nothing, become nobody, and look around."""
    base = tempfile.mkdtemp(prefix="wt-probe-")
    try:
        for name in ("files", "sockets"):
            os.mkdir(f"{base}/{name}")
        uid = plan.pick_uid(os.getpid()) if os.geteuid() == 0 else None
        room = plan.Room("probe", f"{base}/files", f"{base}/sockets", plan.learners_walls(), uid=uid)
        pid = os.fork()
        if pid == 0:
            _inside(room)
        _, status = os.waitpid(pid, 0)
        sys.exit(os.waitstatus_to_exitcode(status))
    finally:
        shutil.rmtree(base, ignore_errors=True)


def _inside(room: plan.Room) -> None:
    code = 1
    try:
        walls.leave(room)
        walls.build(room)
        pid = os.fork()
        if pid == 0:
            walls.own_processes()
            walls.drop_privileges(room)
            os._exit(0 if os.access(room.folder, os.W_OK) else 3)
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    except BaseException as error:
        print(f"{type(error).__name__}: {error}", flush=True)
    os._exit(code)


if __name__ == "__main__":
    _try()
