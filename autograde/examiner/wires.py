"""The two sockets of a kernel that an examiner listens to, read without an event loop in between."""

from __future__ import annotations

import time
from typing import Any

import zmq

from autograde.examiner.outputs import Collector
from worktest.checks.codec import MAX_ITEMS

_ODD = (ValueError, KeyError, TypeError, AttributeError, IndexError)
"""What reading a message raises that no kernel sends: an answer wrote to the socket itself."""
_MOST_PARTS = 10 * MAX_ITEMS
"""Most brackets in one message: each may cost the reader fifty times its byte."""
_AT_ONCE = 2000
"""Messages read before the clock is looked at, even while a cell floods."""


class Wires:
    """Shell and output channel of ``client``, a started jupyter_client of a running kernel."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._shell = client.shell_channel.socket
        self._iopub = client.iopub_channel.socket
        self._poller = zmq.Poller()
        self._poller.register(self._shell, zmq.POLLIN)
        self._poller.register(self._iopub, zmq.POLLIN)
        self._ends = [socket.get_monitor_socket(zmq.EVENT_DISCONNECTED) for socket in (self._shell, self._iopub)]
        for end in self._ends:
            self._poller.register(end, zmq.POLLIN)
        self.ended = False
        """Whether a connection has ended: the kernel has, or it sent a message that is too long to be read."""

    def wait(self, seconds: float) -> bool:
        """Wait until something is there to be read; False when nothing came."""
        ready = [socket for socket, _ in self._poller.poll(int(seconds * 1000))]
        self.ended = self.ended or any(end in ready for end in self._ends)
        return bool(ready)

    def close(self) -> None:
        """Let go of what watches the connections."""
        for socket in (self._shell, self._iopub):
            socket.disable_monitor()

    def greet(self, seconds: float = 0.3) -> bool:
        """Ask the kernel who it is; True once the answer came over both channels, so that no output can be missed."""
        message_id = self._client.kernel_info()
        deadline = time.monotonic() + seconds
        replied = heard = False
        while not (replied and heard):
            left = deadline - time.monotonic()
            if left <= 0:
                return False
            self.wait(left)
            replied = replied or self.reply(message_id) is not None
            heard = self._next(self._iopub, message_id) is not None or heard
        return True

    def reply(self, message_id: str) -> dict[str, Any] | None:
        """The reply to a request, if it is there; others are passed over."""
        for _ in range(_AT_ONCE):
            message = self._next(self._shell, message_id)
            if message is None or isinstance(message.get("content"), dict):
                return message
        return None

    def outputs(self, message_id: str, collect: Collector) -> bool:
        """Take the output messages of a request that are there; gives whether its end was among them."""
        for _ in range(_AT_ONCE):
            message = None if collect.flooded else self._next(self._iopub, message_id)
            if message is None:
                return False
            try:
                if message["header"]["msg_type"] != "status":
                    collect(message)
                elif message["content"]["execution_state"] == "idle":
                    return True
            except _ODD:
                continue
        return False

    def _next(self, socket: Any, message_id: str) -> dict[str, Any] | None:
        """The next message on ``socket`` that belongs to a request, or None when no more are there."""
        for _ in range(_AT_ONCE):
            try:
                parts = socket.recv_multipart(zmq.NOBLOCK)
            except zmq.Again:
                return None
            if sum(part.count(b"[") + part.count(b"{") for part in parts) > _MOST_PARTS:
                continue
            try:
                _, parts = self._client.session.feed_identities(parts)
                message: dict[str, Any] = self._client.session.deserialize(parts)
                if message["parent_header"].get("msg_id") == message_id:
                    return message
            except _ODD:
                continue
        return None
