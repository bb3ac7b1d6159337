"""The nuance check in a real browser: eight claims, a probability each, then the truth that only the examiner has."""

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
UNIT = "01_logit_diff_amplification"


def test_a_sitting_in_jupyterlab(tmp_path: Path) -> None:
    home = tmp_path / "meine Übungen"
    workspace.first_units(home)
    with served(home, 8973) as address, browser_page() as page:
        open_notebook(page, address, f"{UNIT}/reading.ipynb")
        run_until(page, "unit.nuance()")
        assert "unit.nuance()" in active(page).inner_text()
        page.keyboard.press("Shift+Enter")
        sliders = page.locator(".widget-slider")
        expect(sliders).to_have_count(8)
        sliders.first.locator("[role=slider]").focus()
        page.keyboard.press("ArrowRight")
        picture(page, "nuance")
        page.get_by_text("These are my answers").click()
        told = page.locator(".jp-OutputArea", has_text="Brier score").first
        expect(told).to_contain_text("you said 51%", timeout=60_000)
        picture(page, "nuance-scored")
    kinds = [json.loads(line)["kind"] for line in (home / UNIT / "nuance.jsonl").read_text("utf-8").splitlines()]
    assert kinds == ["sitting", *["answer"] * 8, "graded"]
