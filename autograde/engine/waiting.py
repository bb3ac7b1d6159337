"""The grader that waits: a process that has loaded nbgrader, and forks a copy of itself for each ``worktest grade``.

Loading nbgrader takes as long as grading. The process ends after a quarter of an hour without work; it serves its own
user only, and only requests for the units it was started with.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from autograde.engine import warm
from autograde.grades import Grade
from autograde.paths import solutions
from worktest import paths
from worktest.errors import UserError

_SOCKET = "grade.sock"
_IDLE_SECONDS = 900.0
_MOST_REQUEST = 100_000


# Who asks ----------------------------------------------------------------------------------------------------------


def ask(unit: str, folder: Path, workspace: Path, *, no_sandbox: bool, progress: Callable[[str], None]) -> Grade | None:
    """Have the waiting grader grade; None when none waits. Raises UserError as grading here would."""
    if not warm.possible():
        return None
    request = {
        "unit": unit,
        "folder": str(folder.resolve()),
        "workspace": str(workspace.resolve()),
        "no_sandbox": no_sandbox,
        "units": _units(),
    }
    client = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    with client:
        try:
            client.connect(str(warm.base() / _SOCKET))
            client.sendall(json.dumps(request).encode() + b"\n")
        except OSError:
            return None
        with client.makefile("rb") as lines:
            for line in lines:
                said = json.loads(line)
                if "progress" in said:
                    progress(said["progress"])
                elif "problem" in said:
                    raise UserError(said["problem"], exit_code=said["exit_code"])
                elif "grade" in said:
                    return Grade.from_json(said["grade"])
    return None  # it ended without a word, or serves other units: grade here


def begin() -> None:
    """Leave a grader waiting, unless one does already."""
    if not warm.possible():
        return
    with contextlib.suppress(OSError, UserError):
        client = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        with client:
            if client.connect_ex(str(warm.base() / _SOCKET)) == 0:
                return
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "autograde.engine.waiting"],
            env={**os.environ, **{k: v for k, v in warm.clean_environment().items() if k == "PYTHONPATH"}},
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        process.returncode = 0  # it outlives us on purpose: no warning that it still runs


def stop() -> None:
    """Stop the waiting grader, if there is one."""
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        client.connect(str(warm.base() / _SOCKET))
        client.sendall(b'{"stop": true}\n')
        client.recv(1)


def _units() -> list[str]:
    """Which copies of the units this process works with."""
    return [str(paths.curriculum().resolve()), str(solutions().resolve())]


# The waiting process -----------------------------------------------------------------------------------------------


def _serve() -> None:
    import nbgrader.api
    import nbgrader.apps.api
    import nbgrader.converters
    import nbgrader.preprocessors  # noqa: F401

    import autograde.feedback.exporter
    import autograde.grade  # noqa: F401
    from autograde.engine.sandbox import best
    from autograde.examiner.execution import checks_of

    with contextlib.suppress(UserError):  # it is said to who asks
        best()
    for unit in paths.units_in(solutions()):
        with contextlib.suppress(UserError):
            checks_of(unit)
    path = warm.base() / _SOCKET
    held = contextlib.ExitStack()
    with contextlib.suppress(warm.NoServer):
        held.enter_context(warm.connect())  # as long as a grader waits, so does the server of its kernels
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    with contextlib.suppress(OSError):
        path.unlink()
    listener.bind(str(path))
    listener.listen(8)
    children: dict[int, socket.socket] = {}
    last = time.monotonic()
    while children or time.monotonic() - last < _IDLE_SECONDS:
        ready, _, _ = select.select([listener, *children.values()], [], [], 1.0)
        for pid, client in list(children.items()):
            if client in ready:  # it says nothing more while it waits: it has gone
                with contextlib.suppress(OSError):
                    os.kill(pid, signal.SIGINT)
            if os.waitpid(pid, os.WNOHANG)[0]:
                children.pop(pid).close()
                last = time.monotonic()
        if listener in ready:
            client, _ = listener.accept()
            request = _read(client)
            if request.get("stop"):
                break
            if request.get("units") != _units():
                client.close()
                continue
            pid = os.fork()
            if pid == 0:
                listener.close()
                held.close()
                _grade(client, request)
            children[pid] = client
        if not path.exists():
            break
    with contextlib.suppress(OSError):
        path.unlink()


def _read(client: socket.socket) -> dict[str, Any]:
    client.settimeout(5.0)
    received = b""
    with contextlib.suppress(OSError, ValueError):
        while not received.endswith(b"\n") and len(received) < _MOST_REQUEST and (chunk := client.recv(65_536)):
            received += chunk
        client.settimeout(None)
        request = json.loads(received)
        return request if isinstance(request, dict) else {}
    return {}


def _grade(client: socket.socket, request: dict[str, Any]) -> None:
    """In the forked copy: grade, tell, and end."""

    def tell(what: dict[str, Any]) -> None:
        client.sendall(json.dumps(what).encode() + b"\n")

    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        from autograde.grade import grade

        done = grade(
            request["unit"],
            Path(request["folder"]),
            Path(request["workspace"]),
            progress=lambda text: tell({"progress": text}),
            no_sandbox=bool(request["no_sandbox"]),
        )
        tell({"grade": done.as_plain()})
    except UserError as problem:
        tell({"problem": str(problem), "exit_code": problem.exit_code})
    except BaseException as error:
        with contextlib.suppress(OSError):
            tell({"problem": f"unexpected {type(error).__name__}: {error}", "exit_code": 3})
    finally:
        os._exit(0)


if __name__ == "__main__":
    _serve()
