"""Feedback pages in a real browser: on a phone, without a network, with every attack in every place."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from browser import FLAGS, chromium
from feedback_page import answer_cell, graded_cell, grades_of, notebook_of, page_of, written_cell
from matplotlib.image import imsave
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output
from playwright.sync_api import Browser, Page, sync_playwright
from test_feedback_hostile import ATTACKS, everywhere

from autograde.feedback.grades import Mark
from worktest.checks.run import Result

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(chromium() is None, reason="no Chromium on this machine (Debian: apt install chromium)"),
]
LONG = "a_name_without_any_place_to_break_" * 20
WIDE = f"| {LONG} | b |\n|---|---|\n| {'x' * 300} | d |\n\n$$ {' + '.join('x_{12}' for _ in range(60))} $$\n\n`{LONG}` {LONG}"
TOO_WIDE = """() => [document.documentElement.scrollWidth, ...[...document.querySelectorAll('main, main *')]
    .filter(e => !e.parentElement.closest('.wide, details:not([open])') && e.getBoundingClientRect().right > innerWidth + 1)
    .map(e => e.outerHTML.slice(0, 150))]"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser
        browser.close()


def opened(browser: Browser, path: Path, *, width: int = 360, dark: bool = False) -> tuple[Page, list[str]]:
    """The page as it is read from a disk, and every address that it asked for beside its own."""
    context = browser.new_context(
        viewport={"width": width, "height": 740}, color_scheme="dark" if dark else "light", is_mobile=width < 500
    )
    page, asked = context.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    return page, [url for url in asked if url != path.as_uri() and not url.startswith("data:")]


@pytest.mark.parametrize("dark", [False, True])
def test_nothing_is_wider_than_a_phone(dark: bool, browser: Browser, tmp_path: Path) -> None:
    failed = Result(LONG, LONG, False, False, LONG, LONG, LONG, f"`{LONG}`")
    drawn = io.BytesIO()
    imsave(drawn, np.zeros((20, 2000)), format="png")
    picture = base64.b64encode(drawn.getvalue()).decode()
    outputs = [
        new_output("stream", text=LONG),
        new_output("display_data", {"text/html": f"<table><tr><td>{LONG}</td></tr></table>"}),
        new_output("display_data", {"image/png": picture}),
        new_output("error", ename=LONG, evalue=LONG, traceback=[LONG]),
    ]
    cells = [
        answer_cell("x-sum", LONG, outputs), graded_cell("x-sum", [failed, Result(LONG, LONG, True)], note=LONG),
        written_cell("x-why", WIDE), new_markdown_cell(WIDE), new_code_cell(LONG, outputs=outputs),
    ]  # fmt: skip
    grades = grades_of(x_sum_check=Mark(1, 4, 1, None), x_why=Mark(0, 3, None, None))
    grades.comments, grades.name = {"x-sum": WIDE}, LONG
    path = tmp_path / "page.html"
    path.write_text(str(page_of(notebook_of(*cells), grades)), encoding="utf-8")
    page, asked = opened(browser, path, dark=dark)
    assert asked == [] and page.evaluate(TOO_WIDE) == [360]
    page.evaluate("() => document.querySelectorAll('details').forEach(d => d.open = true)")
    assert page.evaluate(TOO_WIDE) == [360]
    ink, paper = (
        page.evaluate(f"() => getComputedStyle(document.body).{name}") for name in ("color", "backgroundColor")
    )
    assert (sum(map(int, ink[4:-1].split(","))) > sum(map(int, paper[4:-1].split(",")))) == dark


@pytest.mark.parametrize("guarded", [True, False])
def test_no_attack_runs_or_fetches(guarded: bool, browser: Browser, tmp_path: Path) -> None:
    """Also without the line that tells the browser to run nothing: it is the second wall, not the only one."""
    path = tmp_path / "page.html"
    for text in ATTACKS:
        page = everywhere(text)
        policy = page.find("meta", attrs={"http-equiv": "Content-Security-Policy"})
        assert policy is not None
        if not guarded:
            policy.decompose()
        script = page.new_tag("script")  # sees to it that a script could run at all when the wall is down
        script.string = "window.ours = true; window.pwned = () => { window.ran = true }"
        assert page.head is not None
        page.head.append(script)
        path.write_bytes(str(page).encode("utf-8", "replace"))
        shown, asked = opened(browser, path)
        shown.mouse.move(100, 300)
        assert shown.evaluate("() => [!!window.ours, !!window.ran]") == [not guarded, False], text
        assert not [url for url in asked if not url.startswith(tmp_path.as_uri())], text
        shown.context.close()
