"""The warm server's own loop, with wardens that are no kernels: what it does when both ends speak at once."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the warm server is a thing of Linux")


def test_a_client_that_goes_while_its_warden_speaks_ends_nothing(tmp_path: Path) -> None:
    from autograde.engine.zygote import Kernel, Server, listen

    listener = listen(tmp_path)
    server = Server(listener, {}, tmp_path)
    ours, theirs = socket.socketpair()
    kernel = Kernel(theirs)
    server.kernels.add(kernel)
    server.selector.register(theirs, 1, kernel)
    read_end, write_end = os.pipe()
    child = subprocess.Popen(["sleep", "30"])
    kernel.status, kernel.warden = read_end, child.pid
    server.selector.register(read_end, 1, kernel)
    os.write(write_end, b'{"started": 1}\n')
    ours.close()
    events = [key.data for key, _ in server.selector.select(timeout=1.0)]
    assert events == [kernel, kernel]
    server._hear_client(kernel)  # the client went: the kernel is buried
    server._hear_warden(kernel)  # and what its warden had said finds nobody
    server._hear_client(kernel)
    assert kernel not in server.kernels and kernel.status is None
    child.returncode = 0
    os.close(write_end)
    listener.close()


def test_the_folder_of_a_client_that_went_is_removed_and_no_other(tmp_path: Path) -> None:
    from autograde.engine.zygote import Kernel, Server, listen

    listener = listen(tmp_path)
    folders = tmp_path / "k"
    server = Server(listener, {}, folders)
    for sockets, stays in ((folders / "wt-1", False), (tmp_path / "work", True), (folders, True)):
        sockets.mkdir(parents=True, exist_ok=True)
        (sockets / "k-1").touch()
        ours, theirs = socket.socketpair()
        kernel = Kernel(theirs)
        kernel.sockets = sockets
        server.kernels.add(kernel)
        server.selector.register(theirs, 1, kernel)
        ours.close()
        server._hear_client(kernel)
        assert (sockets / "k-1").exists() == stays
    listener.close()


def test_what_it_is_told_is_answered_or_named(tmp_path: Path) -> None:
    from autograde.engine.zygote import Kernel, Server, listen

    listener = listen(tmp_path)
    server = Server(listener, {"pid": 7}, tmp_path)
    ours, theirs = socket.socketpair()
    kernel = Kernel(theirs)
    server.kernels.add(kernel)
    server.selector.register(theirs, 1, kernel)
    for line, expected in (
        (b'{"op": "about"}', b'"pid": 7'),
        (b"nonsense", b"failed"),
        (b'{"op": "dance"}', b"dance"),
        (b"{}", b"failed"),
    ):
        ours.sendall(line + b"\n")
        server._hear_client(kernel)
        assert expected in ours.recv(4096)
    ours.sendall(b'{"op": "stop"}\n')
    server._hear_client(kernel)
    assert server.ended
    listener.close()
