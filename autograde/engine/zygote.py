"""The warm server: a process that has imported what kernels need, and forks one kernel for each request.

It serves on a local socket in a folder that only its user can enter. One connection is one kernel: when the client
goes, the kernel goes. It never imports the grader's side beyond this package, computes nothing, and holds no secret.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import selectors
import shutil
import signal
import socket
import sys
import time
from pathlib import Path
from typing import Any

from autograde.engine import kernel_process, plan, warden
from autograde.engine.plan import Room, RoomLimits

SOCKET = "warm.sock"
FOLDERS = "k"
"""Below the base: a folder for each kernel's sockets, made by the client."""
IDLE_SECONDS = 900.0
"""Without a client for so long the server ends by itself."""
_MOST_REQUEST = 1_000_000


class Kernel:
    """One connection and, once it asked for one, its kernel."""

    def __init__(self, client: socket.socket) -> None:
        self.client = client
        self.received = b""
        self.status: int | None = None
        self.heard = b""
        self.warden: int | None = None
        self.pid: int | None = None
        self.sockets: Path | None = None

    def tell(self, what: dict[str, Any]) -> None:
        """Send one line to the client, if it is still there."""
        with contextlib.suppress(OSError):
            self.client.sendall(json.dumps(what).encode() + b"\n")


class Server:
    """Listens at ``listener``; ``about`` is what it tells who asks, ``folders`` where clients make their sockets'."""

    def __init__(self, listener: socket.socket, about: dict[str, Any], folders: Path) -> None:
        self.listener = listener
        self.about = about
        self.folders = folders
        self.selector = selectors.DefaultSelector()
        self.selector.register(listener, selectors.EVENT_READ, None)
        self.kernels: set[Kernel] = set()
        self.forked = 0
        self.ended = False

    def run(self, path: Path) -> None:
        """Serve until told to stop, idle for long, or the socket's file is gone."""
        last = time.monotonic()
        while not self.ended:
            events = self.selector.select(timeout=5.0)
            for key, _ in events:
                if key.data is None:
                    self._accept()
                elif key.fileobj is key.data.client:
                    self._hear_client(key.data)
                else:
                    self._hear_warden(key.data)
            now = time.monotonic()
            if self.kernels or events:
                last = now
            elif now - last > IDLE_SECONDS or not path.exists():
                return

    def _accept(self) -> None:
        client, _ = self.listener.accept()
        kernel = Kernel(client)
        self.kernels.add(kernel)
        self.selector.register(client, selectors.EVENT_READ, kernel)

    def _hear_client(self, kernel: Kernel) -> None:
        if kernel not in self.kernels:
            return
        try:
            chunk = kernel.client.recv(65_536)
        except OSError:
            chunk = b""
        kernel.received += chunk
        if not chunk or len(kernel.received) > _MOST_REQUEST:
            self._drop(kernel)
            return
        while b"\n" in kernel.received:
            line, _, kernel.received = kernel.received.partition(b"\n")
            try:
                self._answer(kernel, json.loads(line))
            except (ValueError, KeyError, TypeError, OSError) as error:
                kernel.tell({"failed": f"{type(error).__name__}: {error}"})

    def _answer(self, kernel: Kernel, request: dict[str, Any]) -> None:
        operation = request["op"]
        if operation == "about":
            kernel.tell({**self.about, "kernels": self.forked})
        elif operation == "stop":
            self.ended = True
        elif operation == "signal":
            if kernel.pid is not None:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(kernel.pid, int(request["signal"]))
        elif operation == "kernel" and kernel.warden is None:
            self._fork(kernel, request)
        else:
            kernel.tell({"failed": f"unknown request {operation!r}"})

    def _fork(self, kernel: Kernel, request: dict[str, Any]) -> None:
        self.forked += 1
        kernel.sockets = Path(str(request["sockets"]))
        room = None
        if request["walls"]:
            room = Room(
                unit=str(request["unit"]),
                files=str(request["files"]),
                sockets=str(request["sockets"]),
                walls=plan.learners_walls(Path(path) for path in request["hide"]),
                limits=RoomLimits(**request["limits"]),
                uid=plan.pick_uid(self.forked) if os.geteuid() == 0 else None,
            )
            if room.uid is not None:
                os.chown(room.sockets, room.uid, room.uid)
        wanted = kernel_process.Wanted(request["connection"], request["environment"], request["scratch"])
        read_end, write_end = os.pipe()
        pid = os.fork()
        if pid == 0:
            try:
                self._let_go_of_descriptors()
                os.dup2(write_end, 3)
                kernel_process.close_all_but(3)
                warden.keep(room, str(request["files"]), 3, wanted)
            except BaseException as error:
                os.write(3, json.dumps({"exit": 1, "why": f"its warden failed: {error!r}"}).encode() + b"\n")
            finally:
                os._exit(1)
        os.close(write_end)
        kernel.warden, kernel.status = pid, read_end
        self.selector.register(read_end, selectors.EVENT_READ, kernel)

    def _let_go_of_descriptors(self) -> None:
        """In the child: what still thinks that it owns a descriptor would, when it is collected, close another's."""
        self.selector.close()
        self.listener.detach()
        for kernel in self.kernels:
            kernel.client.detach()

    def _hear_warden(self, kernel: Kernel) -> None:
        if kernel.status is None:  # its client went in the same moment, and it was buried
            return
        chunk = os.read(kernel.status, 65_536)
        kernel.heard += chunk
        while b"\n" in kernel.heard:
            line, _, kernel.heard = kernel.heard.partition(b"\n")
            said = json.loads(line)
            kernel.pid = said.get("started")
            kernel.tell(said)
        if not chunk:
            self._bury(kernel)
            kernel.tell({"exit": -9, "why": ""})  # to a client that heard of the end already it says nothing new

    def _bury(self, kernel: Kernel) -> None:
        if kernel.status is not None:
            self.selector.unregister(kernel.status)
            os.close(kernel.status)
            kernel.status = None
        if kernel.warden is not None:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(kernel.warden, 0)
            kernel.pid = None

    def _drop(self, kernel: Kernel) -> None:
        """The client is gone: so is its kernel, and the folder that a killed client could not remove."""
        self.selector.unregister(kernel.client)
        kernel.client.close()
        self.kernels.discard(kernel)
        if kernel.status is not None and kernel.warden is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(kernel.warden, signal.SIGTERM)
            self._bury(kernel)
        if kernel.sockets is not None and kernel.sockets.parent == self.folders:
            shutil.rmtree(kernel.sockets, ignore_errors=True)


def listen(base: Path) -> socket.socket:
    """A listening socket in ``base``, in the place of one that a dead server left."""
    path = base / SOCKET
    path.unlink(missing_ok=True)
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(str(path))
    listener.listen(64)
    return listener


def main(argv: list[str]) -> None:
    """``python -m autograde.engine.zygote BASE``: preload what the released units import, then serve in BASE."""
    from autograde.engine.preload import preload
    from worktest import paths

    base = Path(argv[0])
    begun = time.monotonic()
    missed = preload([paths.curriculum() / name for name in paths.units_in(paths.curriculum())])
    gc.collect()
    gc.freeze()  # a collection in a child would touch, and so copy, every page
    listener = listen(base)
    about = {"pid": os.getpid(), "seconds": round(time.monotonic() - begun, 2), "missed": missed}
    Server(listener, about, base / FOLDERS).run(base / SOCKET)
    with contextlib.suppress(OSError):
        (base / SOCKET).unlink()


if __name__ == "__main__":
    main(sys.argv[1:])
