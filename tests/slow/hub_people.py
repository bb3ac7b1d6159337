"""People on a hub, each with a browser of their own: they log in, use nbgrader's lists, and type into a terminal."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, Page

_TERMINAL = """async ([base, text]) => {
  const xsrf = (document.cookie.match(/_xsrf=([^;]+)/) || [])[1];
  const made = await fetch(base + "api/terminals", {method: "POST", headers: {"X-XSRFToken": xsrf}});
  const name = (await made.json()).name;
  const socket = new WebSocket(location.origin.replace("http", "ws") + base + "terminals/websocket/" + name);
  let out = "";
  return await new Promise((done, failed) => {
    const end = setTimeout(() => failed(new Error("no end after four minutes: " + out)), 240000);
    socket.onmessage = (message) => {
      const [kind, data] = JSON.parse(message.data);
      if (kind == "setup") socket.send(JSON.stringify(["stdin", text + "; echo EN''DED=$?\\r"]));
      if (kind == "stdout") out += data;
      if (/ENDED=\\d+/.test(out)) { clearTimeout(end); done(out); }
    };
  });
}"""
_COLOURS = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]|\x1b\][^\x07]*\x07")


@dataclass
class Person:
    """Somebody who is logged in: their page, and the server that it shows."""

    page: Page
    address: str
    base: str

    def types(self, text: str) -> str:
        """What a terminal of this server shows for a line, with ENDED=code at its end."""
        shown = self.page.evaluate(_TERMINAL, [self.base, text])
        return _COLOURS.sub("", shown).replace("\r", "").partition("EN''DED=$?")[2]

    def asks(self, path: str, form: dict[str, str] | None = None) -> Any:
        """The JSON of nbgrader's own interface, as its assignment list asks for it."""
        token = self.page.evaluate("(document.cookie.match(/_xsrf=([^;]+)/) || [])[1]") or ""
        url, headers = f"{self.address}{self.base}{path}", {"X-XSRFToken": token}
        request = self.page.context.request
        return (request.post(url, form=form, headers=headers) if form else request.get(url, headers=headers)).json()

    def status(self, path: str) -> int:
        """The status with which the hub answers for a page."""
        return self.page.context.request.get(self.address + path).status


def log_in(browser: Browser, address: str, name: str, password: str) -> Person:
    """Log in by the form and wait for the own JupyterLab; the facilitator comes to the list of courses."""
    page = browser.new_context(viewport={"width": 1400, "height": 1000}).new_page()
    page.set_default_timeout(90_000)
    page.goto(f"{address}/hub/login")
    page.fill("input[name=username]", name)
    page.fill("input[name=password]", password)
    page.click("#login_submit")
    page.wait_for_url(re.compile("/user/.*/lab|/hub/home"))
    return Person(page, address, f"/user/{name}/")


def at_the_course(person: Person, course: str) -> Person:
    """The same person in the course's own JupyterLab."""
    person.page.goto(f"{person.address}/services/{course}/lab")
    person.page.wait_for_selector(".jp-Launcher, .jp-FileBrowser")
    return Person(person.page, person.address, f"/services/{course}/")
