"""Drive JupyterLab in headless Chromium as a learner and as a teacher would."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from playwright.sync_api import Locator, Page, expect, sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium() -> str | None:
    """The browser on this machine, or None."""
    return next((p for name in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(name))), None)


@contextmanager
def served(workspace: Path, port: int) -> Iterator[str]:
    """``worktest lab`` on ``workspace``, as a learner starts it; gives the address that it prints."""
    command = [sys.executable, "-m", "worktest.cli", "lab", "--no-browser", "--port", str(port)]
    command += ["--workspace", str(workspace)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert process.stdout is not None
    said = []
    try:
        for line in process.stdout:
            said.append(line)
            if found := re.search(r"http://\S+token=\w+", line):
                yield found[0]
                return
        raise AssertionError("worktest lab did not print an address:\n" + "".join(said))
    finally:
        process.terminate()
        process.wait(timeout=30)


@contextmanager
def browser_page() -> Iterator[Page]:
    """One page of headless Chromium, 1400 x 1000."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        page = browser.new_page(viewport={"width": 1400, "height": 1000})
        page.set_default_timeout(60_000)
        try:
            yield page
        finally:
            browser.close()


def open_notebook(page: Page, address: str, path: str) -> None:
    """Open a notebook in JupyterLab and wait for its kernel."""
    base, token = address.split("/lab?token=")
    assert urlopen(f"{base}/api/status?token={token}").status == 200
    page.goto(f"{base}/lab/tree/{path}?token={token}&reset")
    page.wait_for_selector(".jp-Notebook .jp-Cell")
    expect(page.locator(".jp-Notebook-ExecutionIndicator").first).to_have_attribute("data-status", "idle")


def active(page: Page) -> Locator:
    """The active cell."""
    return page.locator(".jp-Notebook .jp-Cell.jp-mod-active")


def run_until(page: Page, text: str, most: int = 60) -> None:
    """Press Shift+Enter, cell after cell, until the active cell holds ``text``."""
    page.locator(".jp-Notebook .jp-Cell").first.click()
    page.keyboard.press("Escape")
    for _ in range(most):
        if text in active(page).inner_text():
            return
        _run_active(page)
    raise AssertionError(f"no cell holds {text!r}")


def _run_active(page: Page) -> None:
    """Shift+Enter; on a busy machine JupyterLab may move on without running the cell, then it is run again."""
    cell = active(page).first.element_handle()
    for _ in range(3):
        page.keyboard.press("Shift+Enter")
        page.wait_for_timeout(250)
        prompt = cell.query_selector(".jp-InputPrompt") if cell else None
        if cell is None or prompt is None or "jp-CodeCell" not in (cell.get_attribute("class") or ""):
            return
        for _ in range(20):
            if prompt.inner_text().strip() != "[ ]:":
                return
            page.wait_for_timeout(100)
        _choose_kernel(page)
        prompt.click()


def _choose_kernel(page: Page) -> None:
    """Take the kernel that JupyterLab proposes, if it asks: on a busy machine it may, when a cell is run early."""
    dialog = page.locator(".jp-Dialog")
    if dialog.count():
        asked = dialog.first.inner_text()
        assert asked.startswith("Select Kernel"), f"JupyterLab asks something: {asked!r}"
        dialog.first.locator("button.jp-mod-accept").click()
        dialog.first.wait_for(state="detached")


def replace_cell(page: Page, source: str) -> None:
    """Write ``source`` into the active cell instead of what is there, and run it."""
    page.keyboard.press("Enter")
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(source)
    page.keyboard.press("Shift+Enter")


def picture(page: Page, name: str) -> None:
    """Keep a screenshot in the folder that WORKTEST_SCREENSHOTS names, if it is set."""
    if folder := os.environ.get("WORKTEST_SCREENSHOTS"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(folder) / f"{name}.png")
