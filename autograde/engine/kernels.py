"""Start a kernel for a unit's released files in the way that :class:`~autograde.engine.sandbox.Execution` says."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import zmq
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import KernelManager

from autograde.engine import bubblewrap, plan, provisioner, seccomp, warm
from autograde.engine.sandbox import Execution
from autograde.engine.zygote import FOLDERS
from worktest import recording
from worktest.checks.codec import MAX_BYTES
from worktest.kernels import private_transport

_LONGEST_MESSAGE = 2 * MAX_BYTES
_OPTIONS = ["--HistoryManager.hist_file=:memory:", "--log-level=50"]

_LIMITED = """
import ctypes, resource as r, sys
memory, scratch, cpu, processes, files = map(int, sys.argv[1:6])
for kind, most in ((r.RLIMIT_AS, memory + 3 * 2**30), (r.RLIMIT_FSIZE, scratch), (r.RLIMIT_CPU, cpu),
                   (r.RLIMIT_NPROC, processes), (r.RLIMIT_NOFILE, files), (r.RLIMIT_CORE, 0)):
    hard = r.getrlimit(kind)[1]
    most = most if hard == r.RLIM_INFINITY else min(most, hard)
    r.setrlimit(kind, (most, most))
steps = bytes.fromhex(sys.argv[6])
if steps:
    class Program(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ushort), ("steps", ctypes.c_char_p)]
    if ctypes.CDLL(None).prctl(22, 2, ctypes.byref(Program(len(steps) // 8, steps))) != 0:  # seccomp, a filter
        sys.exit("no filter of system calls")
connection, options = sys.argv[7], sys.argv[8:]
sys.argv = ["kernel"]
from ipykernel.kernelapp import IPKernelApp
app = IPKernelApp.instance()
app.initialize(["-f", connection, *options])
app.start()
"""
"""What runs in bubblewrap: limits and filter first, then the kernel. As text: the grader's side is out of its sight."""


@dataclass
class StartedKernel:
    """A running kernel: its manager, and the folder it works in as it sees it."""

    manager: KernelManager
    folder: str
    held: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)

    def alive(self) -> bool:
        """Whether the kernel still runs."""
        if isinstance(self.manager.provisioner, provisioner.WarmProvisioner):
            return self.manager.provisioner.running()
        return bool(self.manager.is_alive())

    @property
    def why(self) -> str:
        """Why the sandbox stopped it, or ""."""
        return str(getattr(self.manager.provisioner, "why", ""))

    def end(self) -> None:
        """Kill the kernel and remove what was made for it."""
        if isinstance(self.manager.provisioner, provisioner.WarmProvisioner):
            self.manager.provisioner.let_go()  # the server ends it; there is nothing to wait for
        else:
            self.manager.shutdown_kernel(now=True)
        self.manager.cleanup_resources()
        self.held.close()


class _OneSpec(KernelSpecManager):
    """Gives one kernelspec, whatever it is asked for."""

    spec: Any = None

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        return self.spec


def start_kernel(files: Path, execution: Execution, hide: Sequence[Path] = ()) -> StartedKernel:
    """Start a kernel that works beside the released ``files``; in walls, the folders ``hide`` are empty.

    Raises OSError with the reason when it can't.
    """
    with contextlib.ExitStack() as stack:
        if execution.warm:
            kernel = _warm(files, execution, stack, hide)
        elif execution.walls:
            kernel = _in_bubblewrap(files, stack, hide)
        else:
            kernel = _plain(files, stack)
        kernel.held = stack.pop_all()
        return kernel


def _environment() -> dict[str, str]:
    return {**warm.clean_environment(), **recording.OFF}


def _warm(files: Path, execution: Execution, stack: contextlib.ExitStack, hide: Sequence[Path]) -> StartedKernel:
    unit = warm.unit_files(files)
    sockets = _folder(stack, warm.base() / FOLDERS)
    if execution.walls:
        folder = f"{plan.HOME}/{files.name}"
    else:
        folder = os.path.join(_folder(stack, None), files.name)
        shutil.copytree(unit, folder)
    spec = provisioner.spec(
        files=str(unit) if execution.walls else folder,
        unit=files.name,
        walls=execution.walls,
        hide=[str(path) for path in hide],
    )
    try:
        manager = _manager(spec, sockets, stack)
        manager.start_kernel(env=_environment())
    except warm.NoServer as problem:
        raise OSError(str(problem)) from None
    return StartedKernel(manager, folder)


def _plain(files: Path, stack: contextlib.ExitStack) -> StartedKernel:
    """A new program with the rights of whoever grades."""
    here = _folder(stack, None)
    unit = _copied(files, here)
    environment = {**os.environ, **_environment(), "IPYTHONDIR": os.path.join(here, "ipython")}
    for name in ("MPLBACKEND", "PYTHONSTARTUP", "NBGRADER_EXECUTION", "NBGRADER_VALIDATING"):
        environment.pop(name, None)  # what a user's shell may hold that would change how an answer runs
    spec = KernelSpec(
        argv=[sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}", *_OPTIONS], language="python"
    )
    manager = KernelManager(
        kernel_spec_manager=_one(spec), context=_context(stack), config=stack.enter_context(private_transport())
    )
    manager.start_kernel(cwd=unit, env=environment)
    return StartedKernel(manager, unit)


def _in_bubblewrap(files: Path, stack: contextlib.ExitStack, hide: Sequence[Path]) -> StartedKernel:
    """A new program in bubblewrap's walls."""
    unit = _copied(files, _folder(stack, None))
    environment = {**_environment(), **plan.ENVIRONMENT, "PYTHONSAFEPATH": "1"}
    sockets = _folder(stack, None)
    room = plan.Room(files.name, unit, sockets, plan.learners_walls(hide))
    limits = [str(number) for number in asdict(room.limits).values()]
    steps = (seccomp.program() or b"").hex()
    program = [sys.executable, "-c", _LIMITED, *limits, steps, f"{plan.SOCKETS}/inside.json", *_OPTIONS]
    spec = KernelSpec(argv=bubblewrap.command(room, program, environment), language="python", interrupt_mode="message")
    manager = _manager(spec, sockets, stack)
    manager.connection_file = os.path.join(sockets, "outside.json")
    provisioner.number_ports(manager)
    inside = {**manager.get_connection_info(), "ip": f"{plan.SOCKETS}/k"}
    text = json.dumps(inside, default=lambda key: key.decode())
    with open(os.path.join(sockets, "inside.json"), "w", encoding="utf-8") as file:
        file.write(text)
    manager.start_kernel()
    return StartedKernel(manager, room.folder)


def _context(stack: contextlib.ExitStack) -> Any:
    """A context of our own, whose sockets end a connection over a message that is too long, before it is read."""
    context: Any = zmq.Context()
    context.setsockopt(zmq.MAXMSGSIZE, _LONGEST_MESSAGE)
    context.setsockopt(zmq.SNDTIMEO, 5000)  # to a connection that has ended one would wait for ever
    stack.callback(context.destroy, linger=0)
    return context


def _manager(spec: KernelSpec, sockets: str, stack: contextlib.ExitStack) -> KernelManager:
    manager = KernelManager(kernel_spec_manager=_one(spec), context=_context(stack))
    manager.transport = "ipc"
    manager.ip = os.path.join(sockets, "k")
    return manager


def _one(spec: KernelSpec) -> KernelSpecManager:
    manager = _OneSpec()
    manager.spec = spec
    return manager


def _copied(files: Path, parent: str) -> str:
    unit = os.path.join(parent, files.name)
    shutil.copytree(files, unit, ignore=shutil.ignore_patterns("*.ipynb", "__pycache__", ".*"))
    return unit


def _folder(stack: contextlib.ExitStack, parent: Path | None) -> str:
    """A new folder in ``parent`` (default: the system's place for such), removed when ``stack`` is closed."""
    path = tempfile.mkdtemp(prefix="wt-", dir=parent)
    stack.callback(shutil.rmtree, path, ignore_errors=True)
    return path
