"""What this machine has and lacks for working through the curriculum: `worktest doctor`."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from worktest import paths

if TYPE_CHECKING:
    from rich.table import Table

Status = Literal["ok", "warn", "fail"]

OLDEST_PYTHON = (3, 11)
MEMORY_NEEDED_GIB, MEMORY_WANTED_GIB = 4.0, 8.0
DISK_NEEDED_GIB, DISK_WANTED_GIB = 0.5, 2.0
LAB_EXTENSION = "@jupyter/nbgrader"
SERVER_EXTENSIONS = tuple(
    f"nbgrader.server_extensions.{name}"
    for name in ("formgrader", "validate_assignment", "assignment_list", "course_list")
)
REINSTALL = "run `make lab` again, or without make: python worktest/bootstrap.py; then activate .venv"
# In a process of its own: it starts while the other checks run, and a crash inside a compiled library ends
# nothing else.
_TORCH = "import torch, json; print(json.dumps([torch.__version__, torch.get_num_threads()]))"


@dataclass(frozen=True)
class Finding:
    """One thing that was checked.

    ``found`` is what there is; ``advice`` says what to do and is empty when all is well.
    """

    name: str
    status: Status
    found: str
    advice: str = ""


def check_python(current: tuple[int, ...] | None = None) -> Finding:
    """Python 3.11 or newer."""
    current = current or tuple(sys.version_info[:3])
    found = ".".join(map(str, current[:3])) + f" at {sys.executable}"
    if current[:2] < OLDEST_PYTHON:
        return Finding("Python", "fail", found, "install Python 3.11 or newer and set up the environment with it")
    return Finding("Python", "ok", found)


def memory_gib() -> float:
    """The memory this process may use: the machine's, or less where a container has a limit."""
    import psutil

    total = float(psutil.virtual_memory().total)
    try:
        limit = Path("/sys/fs/cgroup/memory.max").read_text(encoding="ascii").strip()
    except OSError:
        limit = "max"
    return min(total, float(limit) if limit.isdigit() else total) / 2**30


def check_memory(gib: float | None = None) -> Finding:
    """At least 4 GiB of memory, better 8."""
    gib = memory_gib() if gib is None else gib
    found = f"{gib:.1f} GiB"
    # A machine sold with 8 GiB shows a little less.
    if gib < MEMORY_NEEDED_GIB * 0.9:
        return Finding("Memory", "fail", found, "units need 4 GiB: use a bigger machine, or a free hosted one")
    if gib < MEMORY_WANTED_GIB * 0.9:
        return Finding("Memory", "warn", found, "keep one notebook open at a time and close other programs")
    return Finding("Memory", "ok", found)


def check_disk(workspace: Path) -> Finding:
    """Free disk where the workspace is, or will be."""
    place = workspace.absolute()
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free / 2**30
    found = f"{free:.1f} GiB free at {place}"
    if free < DISK_NEEDED_GIB:
        return Finding("Disk", "fail", found, "free at least 0.5 GiB; saved work may be lost on a full disk")
    if free < DISK_WANTED_GIB:
        return Finding("Disk", "warn", found, "free some: the real model alone takes 0.5 GiB")
    if not os.access(place, os.W_OK):
        return Finding("Disk", "fail", found, "this folder is not yours to write to: name another workspace")
    return Finding("Disk", "ok", found)


def check_kernel() -> Finding:
    """The kernel `python3`, which every notebook asks for, runs the Python that has worktest."""
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

    name = "Kernel python3"
    try:
        argv = KernelSpecManager().get_kernel_spec("python3").argv
    except NoSuchKernel:
        return Finding(name, "fail", "not found", "run: python -m ipykernel install --sys-prefix")
    if not argv:
        return Finding(name, "fail", "starts nothing", "run: python -m ipykernel install --sys-prefix")
    major, minor = sys.version_info[:2]
    # Jupyter puts the running interpreter in for these bare names.
    if argv[0] in {"python", f"python{major}", f"python{major}.{minor}"}:
        return Finding(name, "ok", "runs this Python")
    program = shutil.which(argv[0])
    if program is None:
        return Finding(name, "fail", f"starts {argv[0]}, which is not there", _remove_kernel(name))
    if os.path.abspath(program) == os.path.abspath(sys.executable) or _same_prefix(program):
        return Finding(name, "ok", "runs this Python")
    return Finding(name, "fail", f"runs another Python: {argv[0]}", _remove_kernel(name))


def _same_prefix(program: str) -> bool:
    """Whether ``program`` is an interpreter of this environment: its other names lie in the same folder."""
    folder = os.path.dirname(os.path.abspath(program))
    return folder == os.path.dirname(os.path.abspath(sys.executable))


def _remove_kernel(name: str) -> str:
    return f"another installation's `{name.split()[-1]}` hides this one: run `jupyter kernelspec remove python3`"


def check_lab_extension() -> Finding:
    """nbgrader's JupyterLab extension is installed and not disabled."""
    from jupyter_core.paths import jupyter_config_path, jupyter_path

    name = "nbgrader in JupyterLab"
    if paths.ON_A_HUB in os.environ:  # parts of it are off there on purpose, and not for the learner to switch on
        return Finding(name, "ok", "as the hub gives it")
    for folder in jupyter_path("labextensions"):
        package = Path(folder, LAB_EXTENSION, "package.json")
        if package.is_file():
            found = str(json.loads(package.read_text(encoding="utf-8")).get("version", "?"))
            break
    else:
        return Finding(name, "fail", "extension not found", REINSTALL)
    for folder in jupyter_config_path():
        config = Path(folder, "labconfig", "page_config.json")
        if config.is_file():
            disabled = json.loads(config.read_text(encoding="utf-8") or "{}").get("disabledExtensions", {})
            mine = [key for key in disabled if key.split(":")[0] == LAB_EXTENSION]
            # A list names what is disabled; a mapping may also say that something is not.
            if any(isinstance(disabled, list) or disabled[key] for key in mine):
                return Finding(name, "fail", f"disabled in {config}", f"jupyter labextension enable {LAB_EXTENSION}")
    return Finding(name, "ok", f"extension {found}, enabled")


def check_server_extensions() -> Finding:
    """nbgrader's server extensions (formgrader is one) are enabled and installed.

    The settings are read as Jupyter reads them; asking Jupyter itself would import half of it, for seconds.
    """
    from jupyter_core.paths import jupyter_config_path

    name = "nbgrader in the server"
    if paths.ON_A_HUB in os.environ:  # parts of it are off there on purpose, and not for the learner to switch on
        return Finding(name, "ok", "as the hub gives it")
    enabled: dict[str, bool] = {}
    for folder in reversed(jupyter_config_path()):  # the first folder has the last word
        main = Path(folder, "jupyter_server_config.json")
        for path in [*sorted(Path(folder, "jupyter_server_config.d").glob("*.json")), main]:
            if path.is_file():
                settings = json.loads(path.read_text(encoding="utf-8") or "{}")
                enabled.update(settings.get("ServerApp", {}).get("jpserver_extensions", {}))
    off = [module for module in SERVER_EXTENSIONS if not enabled.get(module)]
    if off:
        first = f"jupyter server extension enable {off[0]}"
        return Finding(name, "fail", "not enabled: " + ", ".join(m.rpartition(".")[2] for m in off), first)
    spec = importlib.util.find_spec("nbgrader")
    places = list(spec.submodule_search_locations or []) if spec else []
    for module in SERVER_EXTENSIONS:
        if not any(Path(place, *module.split(".")[1:]).is_dir() for place in places):
            return Finding(name, "fail", f"enabled, but {module} is not installed", REINSTALL)
    return Finding(name, "ok", f"{len(SERVER_EXTENSIONS)} extensions enabled")


def check_transformer_lens() -> Finding:
    """TransformerLens is version 4; importing it takes too long for a look at its number."""
    name = "TransformerLens"
    try:
        found = version("transformer-lens")
    except PackageNotFoundError:
        return Finding(name, "fail", "not installed", REINSTALL)
    if found.split(".")[0] != "4":
        return Finding(name, "fail", found, "the units are written for 4.x: " + REINSTALL)
    return Finding(name, "ok", found)


def check_sandbox() -> Finding:
    """What walls this machine can put around an answer that is graded."""
    from worktest.commands.grader import grader

    name = "Sandbox for grading"
    walls, found = grader().sandbox()
    if walls:
        return Finding(name, "ok", found)
    advice = "on Linux install bubblewrap; or grade with --no-sandbox: your own work, or that of people you trust"
    return Finding(name, "warn", found, advice)


def start_torch() -> subprocess.Popen[str]:
    """Start the process that imports torch."""
    return subprocess.Popen(
        [sys.executable, "-c", _TORCH],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def check_torch(process: subprocess.Popen[str], seconds: float = 120.0) -> Finding:
    """Torch imports, and how many threads it takes."""
    name = "torch"
    try:
        out, errors = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return Finding(name, "fail", f"not imported within {seconds:.0f} s", "is the machine very busy? try again")
    if process.returncode:
        last = (errors.strip().splitlines() or [f"it ended with {process.returncode}"])[-1]
        return Finding(name, "fail", f"does not import: {last}", REINSTALL)
    found, threads = json.loads(out.strip().splitlines()[-1])
    text = f"{found}, {threads} thread{'s' if threads != 1 else ''}"
    cores = os.cpu_count() or 1
    if threads == 1 and cores > 2:
        return Finding(name, "warn", text, f"there are {cores} cores: is OMP_NUM_THREADS set? unset it")
    return Finding(name, "ok", text)


def run_doctor(workspace: Path | None = None) -> list[Finding]:
    """Check the machine; ``workspace`` (by default the current folder) is where its disk is looked at.

    Nothing is raised: a check that cannot be carried out is itself a finding.
    """
    torch = start_torch()
    checks: Sequence[tuple[str, Callable[[], Finding]]] = (
        ("Python", check_python),
        ("Memory", check_memory),
        ("Disk", lambda: check_disk(workspace or Path.cwd())),
        ("Kernel python3", check_kernel),
        ("nbgrader in JupyterLab", check_lab_extension),
        ("nbgrader in the server", check_server_extensions),
        ("TransformerLens", check_transformer_lens),
        ("Sandbox for grading", check_sandbox),
        ("torch", lambda: check_torch(torch)),
    )
    return [_carry_out(name, check) for name, check in checks]


def _carry_out(name: str, check: Callable[[], Finding]) -> Finding:
    try:
        return check()
    except ImportError as error:
        return Finding(name, "fail", f"{error.name or error} is not installed", REINSTALL)
    except Exception as error:  # a doctor that falls ill helps nobody
        return Finding(name, "fail", f"the check failed: {type(error).__name__}: {error}", REINSTALL)


def healthy(findings: Sequence[Finding]) -> bool:
    """Whether nothing failed; warnings are no failures."""
    return all(finding.status != "fail" for finding in findings)


def render(findings: Sequence[Finding]) -> Table:
    """The findings as a table for the terminal."""
    from rich.table import Table
    from rich.text import Text

    colours = {"ok": "green", "warn": "yellow", "fail": "bold red"}
    table = Table(show_edge=False, pad_edge=False)
    table.add_column("Check", no_wrap=True)
    table.add_column("")
    table.add_column("Found", overflow="fold")
    if any(finding.advice for finding in findings):
        table.add_column("What to do", overflow="fold")
    for finding in findings:
        cells = [
            Text(finding.name),
            Text(finding.status, style=colours[finding.status]),
            Text(finding.found),
            Text(finding.advice),
        ]
        table.add_row(*cells[: len(table.columns)])
    return table


def to_json(findings: Sequence[Finding]) -> dict[str, Any]:
    """The findings as plain data: ``{"healthy": bool, "findings": [...]}``."""
    return {"healthy": healthy(findings), "findings": [asdict(finding) for finding in findings]}
