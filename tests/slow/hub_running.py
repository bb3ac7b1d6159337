"""A demo hub that runs for the tests: started by its command, as by hand, with a browser for its people."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from browser import FLAGS, chromium
from hub_people import Person, log_in
from playwright.sync_api import Browser, sync_playwright

from autograde.hub import demo, plan

COURSES = ("basics=00,01", "control=03")


@dataclass
class Hub:
    """A demo hub that runs: its folder, its address, its command, its people once they are logged in."""

    root: Path
    address: str
    process: subprocess.Popen[str]
    browser: Browser
    passwords: dict[str, str]
    proxy: Path

    def person(self, name: str) -> Person:
        return log_in(self.browser, self.address, name, self.passwords[name])

    def start_again(self) -> None:
        self.process = started(self.root, int(self.address.rpartition(":")[2]), self.proxy)


def finding(proxy: Path) -> dict[str, str]:
    """An environment in which a hub finds this proxy: it would be fetched for each one anew."""
    return {**os.environ, "PATH": os.pathsep.join([str(proxy.parent), os.environ["PATH"]])}


def started(root: Path, port: int, proxy: Path) -> subprocess.Popen[str]:
    """The command, once it has said that everything is up."""
    command = [sys.executable, "-m", "autograde.cli", "hub", "demo", "--dir", str(root), "--port", str(port)]
    for course in COURSES:
        command += ["--course", course]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=finding(proxy))
    assert process.stdout is not None
    said = []
    for line in process.stdout:
        said.append(line)
        if "Ctrl-C stops" in line:
            return process
    raise AssertionError("the hub did not start:\n" + "".join(said))


def stopped(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGINT)
    assert process.wait(60) == 0


@contextmanager
def running(root: Path, proxy: Path) -> Iterator[Hub]:
    """The hub of ``root`` behind this proxy, up; stopped at the end, whatever happened."""
    port = plan.free_ports(1)[0]
    hub: Hub | None = None
    process = started(root, port, proxy)
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
            passwords = json.loads((root / demo.PASSWORDS).read_text(encoding="utf-8"))
            hub = Hub(root, f"http://127.0.0.1:{port}", process, browser, passwords, proxy)
            yield hub
            if browser.is_connected():
                browser.close()
    finally:
        last = hub.process if hub else process
        if last.poll() is None:
            last.send_signal(signal.SIGTERM)
            last.wait(60)
