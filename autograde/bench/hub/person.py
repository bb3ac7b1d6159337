"""Somebody at a hub, without a browser: logs in by the form, has the own server started, and asks it over HTTP."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Any, TypeVar

import httpx

from autograde.bench.hub.tally import Tally
from worktest.errors import UserError

_T = TypeVar("_T")
_COLOURS = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]|\x1b\][^\x07]*\x07")
_PATIENCE = 600.0
"""Seconds in which anything must have worked once: nobody waits longer for a server to start."""


class Refused(Exception):
    """An answer that is no success, with what it says."""


class GaveUp(UserError):
    """It has not worked for ten minutes; the message says what and why."""


class Person:
    """An account of the hub in a session of its own; an async context manager. ``base`` is the server that it asks."""

    def __init__(self, address: str, name: str, password: str, tally: Tally, base: str = "") -> None:
        self.name, self.address, self.base = name, address, base or f"/user/{name}/"
        self._password, self.tally = password, tally
        self._client = httpx.AsyncClient(base_url=address, follow_redirects=True, timeout=120)

    async def __aenter__(self) -> Person:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.aclose()

    def elsewhere(self) -> Person:
        """The same account in another browser."""
        return Person(self.address, self.name, self._password, Tally(), self.base)

    def cookie(self, name: str, path: str) -> str:
        """A cookie of the session; the same names are there for the hub and for each server."""
        return next((one.value or "" for one in self._client.cookies.jar if (one.name, one.path) == (name, path)), "")

    def cookies(self) -> str:
        """The session's cookies for ``base``, as a header."""
        return "; ".join(f"{one.name}={one.value}" for one in self._client.cookies.jar if one.path in (self.base, "/"))

    async def arrive(self) -> None:
        """Log in where that is asked for, have the server started, and wait until it answers."""
        end, why = time.monotonic() + _PATIENCE, ""
        while time.monotonic() < end:
            try:
                page = await self._client.get(f"{self.base}lab")
                if page.url.path.startswith(self.base) and page.status_code == 200:
                    await self.ask("GET", "api/contents")
                    return
                if page.url.path == "/hub/login":
                    await self._log_in()
                elif self.base.startswith("/user/") and not page.url.path.startswith("/hub/spawn-pending"):
                    page = await self._client.get(f"/hub/spawn/{self.name}")
                    why = f"{page.status_code} {page.url.path}"
            except (httpx.HTTPError, Refused) as problem:
                why = f"{type(problem).__name__} {problem}"
            await asyncio.sleep(0.5)
        raise GaveUp(f"{self.name}: the server did not start ({why})")

    async def _log_in(self) -> None:
        await self._client.get("/hub/login")
        form = {"username": self.name, "password": self._password, "_xsrf": self.cookie("_xsrf", "/hub/")}
        page = await self._client.post("/hub/login", params={"next": "/hub/home"}, data=form)
        if page.status_code >= 400:
            raise Refused(f"{page.status_code} at the log-in")

    async def ask(self, method: str, path: str, **more: Any) -> Any:
        """The JSON of an answer of ``base``. Raises Refused with what it says where it is no success."""
        headers = {"X-XSRFToken": self.cookie("_xsrf", self.base)}
        answer = await self._client.request(method, f"{self.base}{path}", headers=headers, **more)
        told: Any = None
        if answer.headers.get("content-type", "").startswith(("application/json", "text/html")) and answer.content:
            try:
                told = answer.json()
            except json.JSONDecodeError:
                told = None
        if answer.status_code >= 400 or answer.url.path != f"{self.base}{path}":
            said = told.get("message") if isinstance(told, dict) else ""
            raise Refused(f"{answer.status_code} {said or answer.reason_phrase}")
        if isinstance(told, dict) and told.get("success") is False:  # nbgrader's own way to say no
            lines = str(told.get("value") or "no reason given").strip().splitlines()
            raise Refused(f"{answer.status_code} {lines[-1]}")
        return told

    async def does(self, kind: str, attempt: Callable[[], Awaitable[_T]]) -> _T:
        """Try until it works, as a person would: what it says is counted, then the own server is looked at again."""
        begun = time.monotonic()
        tries = 0
        while True:
            tries += 1
            tried = time.monotonic()
            try:
                done = await attempt()
            except (httpx.HTTPError, Refused) as problem:
                why = problem if isinstance(problem, Refused) else f"no answer ({type(problem).__name__})"
                self.tally.fails(kind, why)
                if time.monotonic() - begun > _PATIENCE:
                    raise GaveUp(f"{self.name}: {kind}: {why}") from None
                await asyncio.sleep(1)
                await self.arrive()
            else:
                self.tally.worked(kind, time.monotonic() - tried)
                if tries > 1:
                    self.tally.waited[kind].append(time.monotonic() - begun)
                return done

    async def types(self, line: str) -> str:
        """What a terminal of the server shows for a line of text, up to its end; raises Refused where there is none."""
        from tornado.httpclient import HTTPRequest
        from tornado.websocket import websocket_connect

        name = (await self.ask("POST", "api/terminals"))["name"]
        url = f"{self.address.replace('http', 'ws', 1)}{self.base}terminals/websocket/{name}"
        socket = await websocket_connect(HTTPRequest(url, headers={"Cookie": self.cookies()}))
        shown = ""
        try:
            while "ENDED=" not in shown.replace("EN''DED=", ""):
                message = await asyncio.wait_for(socket.read_message(), 300)
                if message is None:
                    raise Refused("the terminal ended")
                what, *data = json.loads(message)
                if what == "setup":
                    await socket.write_message(
                        json.dumps(["stdin", f"set -o pipefail; {line} 2>&1 | cat; echo EN''DED=$?\r"])
                    )
                elif what == "stdout":
                    shown += data[0]
        finally:
            socket.close()
        said = shown.rpartition("EN''DED=$?")[2].rpartition("ENDED=")[0]
        return _COLOURS.sub("", said).replace("\r", "").strip()
