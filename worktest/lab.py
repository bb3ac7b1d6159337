"""Start JupyterLab on a workspace: `worktest lab`."""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import FrameType

from worktest.errors import UserError

FIRST_PORT = 8888
SETTINGS = Path(__file__).resolve().parent / "jupyter_config"
PORTS_TRIED = 100
START_SECONDS = 90.0
STOP_SECONDS = 15.0


def has_display(environment: Mapping[str, str] | None = None, platform: str = sys.platform) -> bool:
    """Whether a browser window can open here."""
    environment = os.environ if environment is None else environment
    if platform in {"win32", "darwin", "cygwin"}:
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def free_port(first: int = FIRST_PORT) -> int:
    """The first port from ``first`` on that nobody here listens at. Raises `UserError` if there is none."""
    last = min(first + PORTS_TRIED, 65536)
    for port in range(first, last):
        if all(_bindable(family, host, port) for family, host in _loopbacks()):
            return port
    raise UserError(f"no free port from {first} to {last - 1}: stop another server, or name a port with --port")


def _loopbacks() -> Iterator[tuple[socket.AddressFamily, str]]:
    yield socket.AF_INET, "127.0.0.1"
    if socket.has_ipv6:
        yield socket.AF_INET6, "::1"


def _bindable(family: socket.AddressFamily, host: str, port: int) -> bool:
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            if os.name != "nt":  # on Windows the option would let two servers share a port
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except PermissionError:
        return False
    except OSError:
        # A machine without IPv6 may still name ::1; only the IPv4 address then decides.
        return family == socket.AF_INET6 and not _answers(family, host, port)
    return True


def _answers(family: socket.AddressFamily, host: str, port: int) -> bool:
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.settimeout(0.5)
            return probe.connect_ex((host, port)) == 0
    except OSError:
        return False


def command(workspace: Path, port: int, open_browser: bool, extra: Sequence[str] = ()) -> list[str]:
    """The command line of the server. ``extra`` comes last and so has the last word."""
    arguments = [
        sys.executable,
        "-m",
        "jupyterlab",
        f"--ServerApp.root_dir={workspace}",
        f"--ServerApp.port={port}",
        f"--ServerApp.open_browser={open_browser}",
        # Ctrl-C stops the server without a question, and the terminal keeps to what matters.
        "--ServerApp.answer_yes=True",
        "--Application.log_level=ERROR",
        # No question about news, no look-up of newer versions: the course works without a network.
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments.append("--allow-root")  # in a container there is often nobody else
    return [*arguments, *extra]


def find_server(token: str) -> dict[str, object] | None:
    """What the running server with this token says of itself, or None while there is none.

    The token tells our server from others. Its process number would not do: on Windows the interpreter of an
    environment starts another one.
    """
    from jupyter_core.paths import jupyter_runtime_dir

    for path in Path(jupyter_runtime_dir()).glob("jpserver-*.json"):
        try:
            info = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue  # just being written, or deleted
        if isinstance(info, dict) and info.get("token") == token:
            return info
    return None


def launch(
    workspace: Path, open_browser: bool | None = None, port: int | None = None, extra: Sequence[str] = ()
) -> int:
    """Run JupyterLab on ``workspace`` until it is stopped, and return its exit code (0 after Ctrl-C).

    ``open_browser`` None opens one where there is a display. A port in use is passed over for the next one.
    Raises `UserError` if JupyterLab is missing, the workspace is no folder, or the server does not start.
    """
    if importlib.util.find_spec("jupyterlab") is None:
        raise UserError(
            f"JupyterLab is not installed for {sys.executable}: run `make lab`, or: pip install 'jupyterlab==4.6.*'"
        )
    workspace = workspace.absolute()
    if not workspace.is_dir():
        raise UserError(f"no folder {workspace}: make it with `worktest start 00 {workspace}`")
    opens = has_display() if open_browser is None else open_browser
    wanted = FIRST_PORT if port is None else port
    chosen = free_port(wanted)
    if port is not None and chosen != port:
        print(f"port {port} is in use; taking {chosen}", flush=True)
    token = secrets.token_hex(24)
    # nbgrader starts `alembic` by its bare name: the programs beside our Python have to be found.
    path = os.pathsep.join([os.path.dirname(sys.executable), os.environ.get("PATH", os.defpath)])
    # The token is in the environment, not on the command line, where every user of the machine could read it.
    # Our own folder of settings switches off JupyterLab's question about news, which news_url alone does not.
    config_path = os.pathsep.join(filter(None, [str(SETTINGS), os.environ.get("JUPYTER_CONFIG_PATH", "")]))
    environment = {**os.environ, "PATH": path, "JUPYTER_TOKEN": token, "JUPYTER_CONFIG_PATH": config_path}
    sys.stdout.flush()
    process = subprocess.Popen(command(workspace, chosen, opens, extra), cwd=workspace, env=environment)
    try:
        with _stop_on_terminate():
            info = _wait_until_up(process, token)
            _announce(info, workspace, token, opens)
            return process.wait()
    except KeyboardInterrupt:
        print("\nstopping JupyterLab ...", flush=True)
        return 0
    finally:
        _stop(process)


def _wait_until_up(process: subprocess.Popen[bytes], token: str) -> dict[str, object]:
    deadline = time.monotonic() + START_SECONDS
    print("starting JupyterLab ...", flush=True)
    while time.monotonic() < deadline:
        info = find_server(token)
        if info is not None:
            return info
        if process.poll() is not None:
            raise UserError(
                f"JupyterLab ended at once with exit code {process.returncode}: see its message above, "
                "and check the machine with `worktest doctor`"
            )
        time.sleep(0.1)
    raise UserError(f"JupyterLab did not start within {START_SECONDS:.0f} s: check with `worktest doctor`")


def _announce(info: Mapping[str, object], workspace: Path, token: str, opens: bool) -> None:
    url = str(info.get("url", "")).rstrip("/")
    print(f"\nJupyterLab runs in {workspace}")
    print("  a browser window opens; if not, open this address:" if opens else "  open this address in a browser:")
    print(f"\n    {url}/lab?token={token}\n")
    print("Ctrl-C here stops it.", flush=True)


@contextlib.contextmanager
def _stop_on_terminate() -> Iterator[None]:
    """Treat a request to terminate like Ctrl-C, so that the server is not left behind."""

    def handler(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    try:
        before = signal.signal(signal.SIGTERM, handler)
    except ValueError:  # not in the main thread: nothing to arrange
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the server: give it a moment if Ctrl-C reached it too, then ask, then insist."""
    for ask, seconds in ((None, 2.0), (process.terminate, STOP_SECONDS), (process.kill, STOP_SECONDS)):
        if process.poll() is not None:
            return
        if ask is not None:
            ask()
        with contextlib.suppress(subprocess.TimeoutExpired, KeyboardInterrupt):
            process.wait(timeout=seconds)
