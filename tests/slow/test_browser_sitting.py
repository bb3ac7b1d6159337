"""A sitting of the empirical reasoning test in a real browser: drawn, answered in a form, scored with its discussion."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from browser import active, browser_page, chromium, open_notebook, picture, run_until, served
from playwright.sync_api import expect

from worktest import workspace

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(chromium() is None, reason="no Chromium on this machine (Debian: apt install chromium)"),
]
UNIT = "06_empirical_reasoning"


def test_a_sitting_in_jupyterlab(tmp_path: Path) -> None:
    home = tmp_path / "meine Übungen"
    workspace.prepare(home)
    workspace.start(UNIT, home / UNIT)
    with served(home, 8976) as address, browser_page() as page:
        open_notebook(page, address, f"{UNIT}/work_test.ipynb")
        run_until(page, "unit.sitting()")
        assert "unit.sitting()" in active(page).inner_text()
        page.keyboard.press("Shift+Enter")
        page.get_by_text("I will answer without a language model").click()
        page.get_by_placeholder("60m, 1h30").fill("1h")
        page.get_by_text("Draw my sitting").click()
        panel = page.locator(".worktest-sitting")
        expect(panel.get_by_role("tab")).to_have_count(4, timeout=60_000)
        expect(panel).to_contain_text("1 h 00 min left of 1 h 00 min")
        picture(page, "sitting")
        percents = panel.locator("input[type=number]:visible")
        for place, value in enumerate(("40", "30", "20", "10", "70", "20")):
            percents.nth(place).fill(value)
            percents.nth(place).press("Tab")
        expect(panel).to_contain_text("together 100 %")
        panel.locator("select:visible").select_option(index=1)
        picture(page, "sitting-form")
        panel.get_by_text("Write my answer down").first.click()
        expect(panel).to_contain_text("Your answer is written down", timeout=60_000)
        panel.get_by_placeholder('"none", or what for').fill("none")
        panel.get_by_placeholder('"none", or what for').press("Tab")
        panel.get_by_text("End it here and score it, 3 scenarios left out").click()
        expect(panel).to_contain_text("a reader who knows the generator", timeout=60_000)
        expect(panel).to_contain_text("Discussion:")
        picture(page, "sitting-scored")
    kinds = [json.loads(line)["kind"] for line in (home / UNIT / "sittings.jsonl").read_text("utf-8").splitlines()]
    assert kinds == ["sitting", "answer", "declared", "graded"]
