"""Set up the environment of a checkout: `.venv` with everything that requirements.lock names.

Run by path with any Python 3.11 or newer, before anything is installed: ``python3 worktest/bootstrap.py``.
Only the standard library is used, and the syntax is kept old enough for an old Python to reach the line that
says it is too old.

The states of `.venv`: a file `.worktest-installing` lies in it from the first moment until everything is in
place, then `.worktest-ready` is written with a hash of what was installed. So an interrupted set-up is always
seen, and a finished one costs the next run nothing.
"""

from __future__ import annotations

import os
import sys

# Run by path, Python puts this folder first on its search path, where a module of the project could stand in
# for one of the standard library.
_HERE = os.path.dirname(os.path.abspath(__file__))
if sys.path and os.path.abspath(sys.path[0] or ".") == _HERE:
    del sys.path[0]

import argparse
import contextlib
import hashlib
import importlib.util
import re
import shutil
import subprocess
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TextIO

OLDEST = (3, 11)
LOCK = "requirements.lock"
READY = ".worktest-ready"
INSTALLING = ".worktest-installing"
NEEDED_GIB = 4.0
BIN = "Scripts" if os.name == "nt" else "bin"
EXE = "python.exe" if os.name == "nt" else "python"

# pip runs under this: when the set-up is killed, its end of the pipe closes and pip stops too, instead of
# writing on into an environment that the next run is repairing.
_PIP = """
import os, runpy, sys, threading
def watch():
    while os.read(0, 64):
        pass
    os._exit(9)
threading.Thread(target=watch, daemon=True).start()
sys.argv[0] = "pip"
runpy.run_module("pip", run_name="__main__", alter_sys=True)
"""

_NO_NETWORK = (
    "NewConnectionError",
    "NameResolutionError",
    "ConnectTimeoutError",
    "Failed to establish a new connection",
    "Temporary failure in name resolution",
    "Network is unreachable",
    "Read timed out",
    "ProxyError",
    "Could not connect",
    "ConnectionResetError",
)
_NO_SPACE = ("No space left on device", "Errno 28", "Disk quota exceeded", "WinError 112")


class SetupError(Exception):
    """The set-up cannot go on. The message is one line: what, where, what to do."""


def say(line: str) -> None:
    """Print one line at once, also into a pipe."""
    print(line, flush=True)


def check_python(version: tuple[int, ...]) -> None:
    """Raise `SetupError` if this Python is too old or cannot make environments."""
    if tuple(version[:2]) < OLDEST:
        raise SetupError(
            "Python {}.{} at {} is too old: worktest needs {}.{} or newer. Install one, or name it: "
            "make lab PYTHON=/path/to/python3.11".format(version[0], version[1], sys.executable, *OLDEST)
        )
    missing = [name for name in ("venv", "ensurepip") if importlib.util.find_spec(name) is None]
    if missing:
        raise SetupError(
            f"{sys.executable} lacks the module {missing[0]}, which makes environments. On Debian or Ubuntu: "
            f"sudo apt install python{version[0]}.{version[1]}-venv"
        )


def check_disk(root: Path, needed_gib: float = NEEDED_GIB) -> None:
    """Raise `SetupError` if the disk that holds ``root`` has less free space than the environment takes."""
    free = shutil.disk_usage(root).free / 2**30
    if free < needed_gib:
        raise SetupError(
            f"no space: {free:.1f} GiB free at {root}, the environment takes up to {needed_gib:g} GiB. "
            "Free some, or move the checkout to another disk"
        )


def fingerprint(root: Path) -> str:
    """The hash of everything that decides what belongs into the environment, its place included.

    Scripts in an environment name its absolute path, so one that was moved has to be made again.
    """
    digest = hashlib.sha256()
    for name in (LOCK, "pyproject.toml"):
        content = (root / name).read_bytes()
        digest.update(f"{name} {len(content)}\n".encode() + content)
    return f"{digest.hexdigest()} {root / '.venv'}"


def interpreter_works(venv: Path) -> bool:
    """Whether the environment's own Python starts and is new enough."""
    code = f"import sys; sys.exit(sys.version_info < {OLDEST})"
    try:
        done = subprocess.run(
            [str(venv / BIN / EXE), "-I", "-S", "-c", code],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=60,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def decide(root: Path) -> tuple[str, str]:
    """What there is to do, and why.

    The first is ``ready`` (nothing), ``build`` (make `.venv`), ``rebuild`` (delete it first) or ``update``
    (install into it). Raises `SetupError` if `.venv` holds what the set-up did not make and cannot use.
    """
    venv = root / ".venv"
    if not venv.is_dir() or not any(venv.iterdir()):
        return "build", "there is no .venv yet"
    if (venv / INSTALLING).exists():
        return "rebuild", "the last set-up was interrupted"
    works = interpreter_works(venv)
    if not (venv / READY).exists():
        if works and (venv / "pyvenv.cfg").exists():
            return "update", ".venv lacks what worktest needs"
        raise SetupError(
            f"{venv} was not made by this set-up and is no working environment for Python 3.11 or newer. "
            "Move it away, or delete it with: make clean-env"
        )
    if not works:
        return "rebuild", "the Python of .venv does not start"
    found, wanted = (venv / READY).read_text("utf-8", "surrogateescape").strip(), fingerprint(root)
    if found == wanted:
        return "ready", ""
    if found.partition(" ")[2] != wanted.partition(" ")[2]:
        return "rebuild", "the checkout was moved"
    return "update", f"{LOCK} or pyproject.toml changed"


@contextlib.contextmanager
def only_one(root: Path) -> Iterator[int]:
    """Hold the set-up lock of this checkout; wait for another that holds it. Gives its file descriptor.

    The operating system gives the lock back when its holders end, however they end, so it never goes stale.
    Programs that write into the environment hold it too: the set-up, killed, may leave one for a moment.
    """
    folder = root / ".cache"
    folder.mkdir(exist_ok=True)
    with open(folder / "bootstrap.lock", "a+b") as handle:
        waited = False
        while not _try_lock(handle.fileno()):
            if not waited:
                say("another set-up of this checkout is at work; waiting for it (Ctrl-C gives up)")
                waited = True
            time.sleep(0.5)
        yield handle.fileno()


def _try_lock(descriptor: int) -> bool:
    """Take the lock if nobody has it. A file system without locks counts as taken by us."""
    if sys.platform == "win32":
        import msvcrt

        try:
            os.lseek(descriptor, 0, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


def remove_tree(root: Path) -> None:
    """Delete `.venv`, renamed first, so that no half-deleted one is ever seen. Raises `SetupError`."""
    venv = root / ".venv"
    try:
        if venv.is_symlink():
            venv.unlink()
        elif venv.exists():
            venv.rename(root / f".venv-old-{os.getpid()}")
        for old in root.glob(".venv-old-*"):
            shutil.rmtree(old)
    except OSError as error:
        raise SetupError(f"cannot delete the old environment {venv}: {error.strerror}. Close what uses it") from error


def share(lock: int) -> dict[str, Any]:
    """What makes a child process hold the lock too. Windows has no way for it."""
    return {} if os.name == "nt" else {"pass_fds": (lock,)}


def make_venv(venv: Path, lock: int) -> None:
    """Make an empty environment with pip in it. Raises `SetupError`."""
    # Started from the environment itself (an activated .venv), its base Python makes the new one.
    inside = Path(sys.prefix) != Path(sys.base_prefix)
    python = getattr(sys, "_base_executable", None) if inside else None
    done = subprocess.run(
        [python or sys.executable, "-m", "venv", str(venv)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        **share(lock),
    )
    if done.returncode:
        raise SetupError(explain(done.stdout + done.stderr, f"could not make the environment {venv}"))


def run_pip(venv: Path, arguments: Sequence[str], total: int, log: Path, lock: int) -> None:
    """Run the environment's pip, show how far it is, and keep all it says in ``log``.

    Raises `SetupError` with what to do if pip fails.
    """
    command = [str(venv / BIN / EXE), "-c", _PIP, "--disable-pip-version-check", "--no-input", *arguments]
    environment = {key: value for key, value in os.environ.items() if key != "PIP_REQUIRE_VIRTUALENV"}
    environment.update(PYTHONUNBUFFERED="1", PYTHONIOENCODING="utf-8:replace")
    process = subprocess.Popen(
        command,
        cwd=str(venv.parent),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=environment,
        **share(lock),
    )
    progress = Progress(venv, total)
    with open(log, "w", encoding="utf-8") as out:
        reader = threading.Thread(target=progress.read, args=(process.stdout, out), daemon=True)
        reader.start()
        try:
            while process.poll() is None:
                progress.show()
                time.sleep(0.2)
        except BaseException:
            process.kill()
            raise
        finally:
            progress.clear()
        reader.join(timeout=10)
    if process.returncode:
        text = log.read_text(encoding="utf-8", errors="replace")
        raise SetupError(explain(text, "pip could not install the packages") + f" (all it said: {log})")


class Progress:
    """One line that says how far pip is: rewritten in place on a terminal, every 15 seconds elsewhere."""

    def __init__(self, venv: Path, total: int) -> None:
        self.venv, self.total = venv, total
        self.seen = 0
        self.phase = "starting pip"
        self.started = time.monotonic()
        self.terminal = sys.stdout.isatty()
        self.shown_at = 0.0
        self.hinted = False

    def read(self, stream: Iterable[bytes], out: TextIO) -> None:
        """Take pip's lines from ``stream`` until it ends, writing each to ``out``."""
        for raw in stream:
            line = raw.decode("utf-8", "replace")
            out.write(line)
            self.take(line)

    def take(self, line: str) -> None:
        """Learn from one line of pip's."""
        match = re.match(r"(?:Collecting|Requirement already satisfied:) ([\w.\-]+)", line)
        if match:
            self.seen += 1
            self.phase = f"looking up {min(self.seen, self.total)} of {self.total}: {match[1]}"
            if match[1].startswith("nvidia") and not self.hinted:
                self.hinted = True
                self.phase += " (CUDA, some GB; to do without: Ctrl-C, then set TORCH_INDEX, see the README)"
        elif "Downloading" in line and "MB)" in line:
            self.phase = "downloading " + line.split("Downloading", 1)[1].strip().rsplit("/", 1)[-1]
        elif line.startswith("Installing collected packages"):
            self.phase = "installing"

    def show(self) -> None:
        """Print the state if it is time to."""
        now = time.monotonic()
        if now - self.shown_at < (0.5 if self.terminal else 15.0):
            return
        self.shown_at = now
        phase = self.phase
        if phase == "installing":
            folder = "Lib" if os.name == "nt" else "lib/python*"
            done = sum(1 for _ in self.venv.glob(folder + "/site-packages/*.dist-info"))
            phase = f"unpacking {min(done, self.total)} of {self.total}"
        line = f"      {now - self.started:4.0f} s  {phase}"
        if self.terminal:
            width = shutil.get_terminal_size().columns - 1
            print("\r" + line[:width].ljust(width), end="", flush=True)
        else:
            say(line)

    def clear(self) -> None:
        """Wipe the line, so that the next one starts at the left."""
        if self.terminal:
            print("\r" + " " * (shutil.get_terminal_size().columns - 1) + "\r", end="", flush=True)


def explain(text: str, what: str) -> str:
    """One line on why a step failed, from what it printed."""
    if any(sign in text for sign in _NO_SPACE):
        return f"{what}: the disk is full. Free {NEEDED_GIB:.0f} GiB and run the same command again"
    if any(sign in text for sign in _NO_NETWORK):
        return f"{what}: no connection to the package index. Check the network and run the same command again"
    if "ensurepip" in text:
        return f"{what}: the module ensurepip is missing. On Debian or Ubuntu: sudo apt install python3-venv"
    errors = [line.strip() for line in text.splitlines() if line.lstrip().lower().startswith("error")]
    lines = errors or [line.strip() for line in text.splitlines() if line.strip()] or ["it did not say why"]
    return f"{what}: {lines[-1]}"


def count_packages(root: Path) -> int:
    """How many packages the lock file names for some machine; a few of them are not for this one."""
    lines = (root / LOCK).read_text(encoding="utf-8").splitlines()
    return sum(1 for line in lines if "==" in line and not line.startswith("#"))


def install(root: Path, action: str, lock: int) -> None:
    """Carry out what `decide` said. Raises `SetupError`; the marker stays, and the next run repairs."""
    venv, log, started = root / ".venv", root / ".cache" / "bootstrap.log", time.monotonic()
    if action == "rebuild":
        say("[0/3] deleting the old environment")
        remove_tree(root)
    check_disk(root, 0.5 if action == "update" else NEEDED_GIB)
    venv.mkdir(exist_ok=True)
    (venv / INSTALLING).write_text("set-up under way, or interrupted\n", encoding="utf-8")
    if action == "update":
        (venv / READY).unlink(missing_ok=True)
    else:
        say("[1/3] making .venv with Python {}.{}.{}".format(*sys.version_info[:3]))
        make_venv(venv, lock)
    total = count_packages(root)
    say(f"[2/3] installing {total} packages ({time.monotonic() - started:.0f} s so far)")
    index = os.environ.get("TORCH_INDEX", "").strip()
    extra = ["--extra-index-url", index] if index else []
    run_pip(venv, ["install", *extra, "-r", LOCK], total, log, lock)
    say(f"[3/3] installing worktest itself, editable ({time.monotonic() - started:.0f} s so far)")
    run_pip(venv, ["install", "--no-deps", "--no-build-isolation", "--editable", "."], 1, log, lock)
    (venv / READY).write_text(fingerprint(root) + "\n", encoding="utf-8", errors="surrogateescape")
    (venv / INSTALLING).unlink()
    say(f"set-up finished in {time.monotonic() - started:.0f} s")


def set_up(root: Path) -> None:
    """Bring the checkout at ``root`` to a working environment, at the least cost. Raises `SetupError`."""
    for name in (LOCK, "pyproject.toml"):
        if not (root / name).is_file():
            raise SetupError(f"no {name} in {root}: the set-up is for a checkout of worktest; run it from there")
    check_python(sys.version_info[:3])
    if decide(root)[0] == "ready":
        return
    with only_one(root) as lock:
        action, reason = decide(root)  # again: the one that held the lock may have done the work
        if action == "ready":
            return
        takes = "" if action == "update" else "; this takes a few minutes and needs the network"
        say(f"set-up: {reason}{takes}")
        install(root, action, lock)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the set-up; print one line and return 1 if it fails, 130 if it is interrupted."""
    parser = argparse.ArgumentParser(description="Set up .venv for worktest; does nothing if it is set up already.")
    parser.parse_args(arguments)
    try:
        set_up(Path(__file__).resolve().parent.parent)
    except SetupError as error:
        print(f"set-up failed: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        place = f" at {error.filename}" if error.filename else ""
        why = "the disk is full" if error.errno == 28 else error.strerror or str(error)
        print(f"set-up failed: {why}{place}. Mend that and run the same command again", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nset-up interrupted; the same command takes it up again", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
