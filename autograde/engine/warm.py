"""Find the warm server of this user, or start one; what a client and the server share on disk."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
import os
import shutil
import socket
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from autograde.engine.zygote import FOLDERS, SOCKET
from worktest.errors import UserError

START_SECONDS = 120.0
"""A start takes five to ten seconds; a cold disk or a busy machine a few times that."""


class NoServer(Exception):
    """There is no warm server, and none could be started; the message says why."""


def possible() -> bool:
    """Whether this system can fork kernels from a warm server: Linux can; macOS and Windows can't."""
    return sys.platform == "linux" and hasattr(os, "pidfd_open")


@functools.cache
def base() -> Path:
    """The folder of this user's server and sockets, made if need be; another one for each version of the code.

    Raises UserError when somebody else has put something in its place.
    """
    where = os.environ.get("XDG_RUNTIME_DIR", "")
    places = [where] if where and os.access(where, os.W_OK) else []
    # a socket's path may have about a hundred characters, and ours need fifty
    parent = next((Path(p) for p in (*places, tempfile.gettempdir()) if len(p) < 50), Path("/tmp"))
    folder = parent / f"worktest-{os.getuid()}-{_version()}"
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise UserError(f"{folder} is not a private folder of yours: remove it and try again")
    for name in (FOLDERS, "units"):
        (folder / name).mkdir(mode=0o755, exist_ok=True)
    return folder


def _version() -> str:
    """A short digest of the code that a server holds in memory: after a change the old one is not used."""
    import worktest

    digest = hashlib.sha256(f"{sys.executable}\0{sys.version}".encode())
    for package in (Path(worktest.__file__).parent, Path(__file__).parents[1]):
        for path in sorted(package.rglob("*.py")):
            about = path.stat()
            digest.update(f"{path}\0{about.st_size}\0{about.st_mtime_ns}\0".encode())
    return digest.hexdigest()[:10]


def connect(start: bool = True) -> socket.socket:
    """A connection to the server. Raises NoServer when there is none and ``start`` is false, or none comes up."""
    client = _try()
    if client is not None:
        return client
    if not start:
        raise NoServer("no warm server is running")
    if not possible():
        raise NoServer("kernels can't be forked on this system")
    try:
        with FileLock(base() / "start.lock", timeout=START_SECONDS):
            return _try() or _start()
    except Timeout:
        raise NoServer("another process has been starting the warm server for minutes") from None


def _try() -> socket.socket | None:
    client = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        client.connect(str(base() / SOCKET))
    except OSError:
        client.close()
        return None
    return client


def begin() -> None:
    """See to it that a server is there or on its way, without waiting for it."""
    with contextlib.suppress(Timeout), FileLock(base() / "start.lock", timeout=0):
        client = _try()
        if client is not None:
            client.close()
        elif not _is_coming():
            launch()


def _is_coming() -> bool:
    """Whether the server that was launched last is alive; its socket may not be open yet."""
    try:
        pid = int((base() / "server.pid").read_text(encoding="ascii"))
        words = Path(f"/proc/{pid}/cmdline").read_bytes()
        if not words:  # between a program's start and its first words; a zombie has none either
            return Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()[0] != b"Z"
        return b"autograde.engine.zygote" in words
    except (OSError, ValueError):
        return False


def launch() -> None:
    """Start a server process and come back at once; it lives on by itself."""
    log = (base() / "server.log").open("wb")
    with log:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "autograde.engine.zygote", str(base())],
            env=clean_environment(),
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    (base() / "server.pid").write_text(str(process.pid), encoding="ascii")
    process.returncode = 0  # it outlives us on purpose: no warning that it still runs


def _start() -> socket.socket:
    """Wait for the server that is coming, or launch one. Raises NoServer with its last words when it dies."""
    if not _is_coming():
        launch()
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if (client := _try()) is not None:
            return client
        if not _is_coming():
            last = (base() / "server.log").read_text(encoding="utf-8", errors="replace").strip().splitlines()
            raise NoServer(f"the warm server did not start: {(last or ['no reason given'])[-1][:300]}")
        time.sleep(0.02)
    raise NoServer(f"the warm server did not start within {START_SECONDS:.0f} seconds")


def clean_environment() -> dict[str, str]:
    """What a server, and so every kernel, may know of the grader's environment: where programs and Python lie."""
    kept = {name: os.environ[name] for name in ("LANG", "LC_ALL", "LC_CTYPE", "TZ") if name in os.environ}
    kept["PATH"] = os.pathsep.join([os.path.dirname(sys.executable), "/usr/local/bin", "/usr/bin", "/bin"])
    if own := os.environ.get("PYTHONPATH"):
        kept["PYTHONPATH"] = os.pathsep.join(os.path.abspath(part) for part in own.split(os.pathsep) if part)
    # one thread: kernels graded side by side don't fight, sums come out in one order, and a fork is safe
    kept.update(OMP_NUM_THREADS="1", MKL_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")
    return kept


def ask(request: dict[str, Any], *, start: bool = False) -> dict[str, Any]:
    """Send one request that is answered by one line. Raises NoServer."""
    with connect(start) as client:
        client.sendall(json.dumps(request).encode() + b"\n")
        if request["op"] == "stop":
            return {}
        with client.makefile("rb") as lines:
            line = lines.readline()
    if not line:
        raise NoServer("the warm server gave no answer")
    reply: dict[str, Any] = json.loads(line)
    return reply


def stop() -> None:
    """Stop the server, if there is one."""
    with contextlib.suppress(NoServer):
        ask({"op": "stop"})


def unit_files(released: Path) -> Path:
    """A copy of a released unit's files (no notebooks) that rooms may see; made once for each content."""
    entries = [p for p in sorted(released.rglob("*")) if p.is_file() and _wanted(p.relative_to(released))]
    digest = hashlib.sha256()
    for path in entries:
        digest.update(path.relative_to(released).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    target = base() / "units" / digest.hexdigest()[:16]
    if not target.is_dir():
        partial = Path(tempfile.mkdtemp(prefix="partial-", dir=base() / "units"))
        for path in entries:
            copy = partial / path.relative_to(released)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
        for folder, _, names in os.walk(partial):
            os.chmod(folder, 0o755)
            for name in names:
                os.chmod(os.path.join(folder, name), 0o644)
        try:
            partial.rename(target)
        except OSError:  # another process was faster
            shutil.rmtree(partial, ignore_errors=True)
    return target


def _wanted(path: Path) -> bool:
    return path.suffix != ".ipynb" and not any(part.startswith((".", "__pycache__")) for part in path.parts)
