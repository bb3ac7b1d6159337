"""A rehearsal in a real browser: a question is answered in JupyterLab, goes one way, is scored and summed up."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from browser import browser_page, chromium, open_notebook, picture, run_until, served
from playwright.sync_api import Page, expect

from worktest import workspace
from worktest.interview import record
from worktest.journal import Journal

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(chromium() is None, reason="no Chromium on this machine (Debian: apt install chromium)"),
]
UNIT = "01_logit_diff_amplification"


def run_cell(page: Page, source: str) -> None:
    """Run the cell that holds ``source``."""
    cell = page.locator(".jp-Notebook .jp-Cell", has_text=source).first
    cell.locator(".jp-InputArea").click()
    page.keyboard.press("Escape")
    page.keyboard.press("Shift+Enter")


def test_a_rehearsal_in_jupyterlab(tmp_path: Path) -> None:
    home = tmp_path / "meine Übungen"
    workspace.first_units(home)
    Journal(home / UNIT).decide("alpha", 4, [1, 2], "at 4 it is in three of ten answers", "a control that rises too")
    command = [sys.executable, "-m", "worktest.cli", "interview", "01", "--workspace", str(home)]
    subprocess.run([*command, "--questions", "3", "--minutes", "20"], check=True, capture_output=True)
    with served(home, 8972) as address, browser_page() as page:
        open_notebook(page, address, f"{UNIT}/interview/rehearsal.ipynb")
        run_until(page, "rehearsal.score()", most=20)
        answer = page.locator(".jp-OutputArea textarea").first
        answer.fill("At alpha = 4 I had 190 of 640, at 2 only 8.")
        page.locator(".jp-OutputArea button", has_text="Start the timer").first.click()
        expect(page.locator(".jp-OutputArea").filter(has_text="0:02 of 20 minutes").first).to_be_visible()
        ways = page.locator(".jp-OutputArea button").nth(1)
        ways.click()
        follow_up = page.locator(".jp-OutputArea textarea").nth(1)
        expect(follow_up).to_be_visible()
        follow_up.fill("Then I would look at the control.")
        picture(page, "rehearsal")
        run_cell(page, "rehearsal.score()")
        page.locator(".jp-OutputArea select").first.select_option(index=3)
        picture(page, "score")
        run_cell(page, "rehearsal.summary()")
        told = "1 of 3 questions answered, 1 scored by you"
        expect(page.locator(".jp-OutputArea", has_text=told).first).to_be_visible()
        picture(page, "summary")
    (rehearsal,), problems = record.read(home / UNIT)
    given = rehearsal.of(rehearsal.questions[0])
    assert problems == [] and given.branch == 0 and given.scores == {"evidence": 2}
    assert given.texts == {"answer": "At alpha = 4 I had 190 of 640, at 2 only 8.", "follow-up": "Then I would look at the control."}  # fmt: skip
