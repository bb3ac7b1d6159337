"""A package index and a model hub on this machine, for tests: they serve small files, and fail as they are told to."""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import socketserver
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Served:
    """What is served, how it fails, and what was asked for."""

    package: str = "llm-tiny"
    files: dict[str, bytes] = field(default_factory=dict)
    sha256: dict[str, str] = field(default_factory=dict)
    """Checksums that the index claims; a file that is not in here gets its own."""
    as_html: bool = False
    html_checksum: str = "sha256"
    """The kind of checksum that a page of links names."""
    break_after: list[int] = field(default_factory=list)
    """For each request of a file: after how many bytes it breaks off."""
    no_range: bool = False
    status: int = 200
    login: str | None = None
    hub: dict[str, bytes] = field(default_factory=dict)
    """Files of the hub's repository."""
    hub_sent: dict[str, bytes] = field(default_factory=dict)
    """What it sends in their place."""
    asked: list[tuple[str, str]] = field(default_factory=list)
    """Paths, each with the range that was asked for."""
    address: str = ""

    @property
    def index(self) -> str:
        return f"{self.address}/simple"

    def claimed(self, name: str) -> str:
        return self.sha256.get(name) or hashlib.sha256(self.files[name]).hexdigest()

    def files_asked(self) -> list[str]:
        """The ranges of all requests for a package's file."""
        return [span for path, span in self.asked if path.startswith("/files/")]


class _Handler(BaseHTTPRequestHandler):
    served: Served

    def log_message(self, *_: object) -> None:
        pass

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        served, path = self.served, self.path.partition("?")[0]
        served.asked.append((path, self.headers.get("Range") or ""))
        if served.login and self.headers.get("Authorization") != served.login:
            return self._answer(401, b"who are you")
        if served.status != 200:
            return self._answer(served.status, b"not now")
        if path == f"/simple/{served.package}/":
            return self._index()
        if path.startswith("/files/") and (name := path.rpartition("/")[2]) in served.files:
            return self._file(served.files[name])
        if (match := re.fullmatch(r"/api/models/[^/]+/[^/]+(/tree/.*|/revision/.*)?", path)) and served.hub:
            return self._hub_info(tree=(match[1] or "").startswith("/tree"))
        if (match := re.fullmatch(r"/[^/]+/[^/]+/resolve/[^/]+/(.+)", path)) and match[1] in served.hub:
            data = served.hub_sent.get(match[1], served.hub[match[1]])
            return self._file(data, {"ETag": f'"{hashlib.sha256(data).hexdigest()}"', "X-Repo-Commit": "a" * 40})
        return self._answer(404, b"nothing here")

    def _index(self) -> None:
        served = self.served
        if served.as_html:
            links = [f'<a href="/files/{n}#{served.html_checksum}={served.claimed(n)}">{n}</a>' for n in served.files]
            return self._answer(
                200, f"<html><body>{''.join(links)}</body></html>".encode(), {"Content-Type": "text/html"}
            )
        files = [
            {"filename": n, "url": f"../../files/{n}", "hashes": {"sha256": served.claimed(n)}} for n in served.files
        ]
        kind = {"Content-Type": "application/vnd.pypi.simple.v1+json"}
        return self._answer(200, json.dumps({"files": files}).encode(), kind)

    def _hub_info(self, *, tree: bool) -> None:
        kinds = []
        for name, data in self.served.hub.items():
            lfs = {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data), "pointerSize": 130}
            one = {"size": len(data), "blobId": hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()}
            if name.endswith(".safetensors"):
                one["lfs"] = lfs
            if tree and "lfs" in one:
                one["lfs"] = {**lfs, "oid": lfs["sha256"]}
            kinds.append({**one, "rfilename": name, "type": "file", "path": name, "oid": one["blobId"]})
        info = {"id": "o/n", "modelId": "o/n", "sha": "a" * 40, "private": False, "tags": [], "siblings": kinds}
        self._answer(200, json.dumps(kinds if tree else info).encode(), {"Content-Type": "application/json"})

    def _file(self, data: bytes, more: dict[str, str] | None = None) -> None:
        served, status, start = self.served, 200, 0
        headers = dict(more or {})
        if (span := re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range") or "")) and not served.no_range:
            start, status = int(span[1]), 206
            headers["Content-Range"] = f"bytes {start}-{len(data) - 1}/{len(data)}"
        until = None
        if self.command == "GET" and served.break_after:
            until = start + served.break_after.pop(0)
        self._answer(status, data[start:], headers, cut=None if until is None else until - start)

    def _answer(self, status: int, body: bytes, headers: dict[str, str] | None = None, cut: int | None = None) -> None:
        with contextlib.suppress(OSError):
            self.send_response(status)
            for key, value in (headers or {}).items():
                self.send_header(key, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(body[:cut])
            if cut is not None:
                self.close_connection = True


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def server_bind(self) -> None:
        socketserver.TCPServer.server_bind(self)  # the ordinary one looks its own name up
        self.server_name, self.server_port = "127.0.0.1", self.server_address[1]


@contextlib.contextmanager
def running(served: Served) -> Iterator[Served]:
    """Serve it on a free port of 127.0.0.1."""
    server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"served": served}))
    served.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
