"""The form and the rubric as a learner meets them in JupyterLab: typing moves the count, levels lead to the distance."""

from __future__ import annotations

import shutil
from pathlib import Path

import desk
import nbformat
import pytest
from browser import browser_page, chromium, open_notebook, picture, run_until, served
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from playwright.sync_api import expect

from worktest import chain, paths, rubrics

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(chromium() is None, reason="no Chromium on this machine (Debian: apt install chromium)"),
]
UNIT = "00_start_here"


def desk_notebook(folder: Path) -> None:
    """A notebook with the form, a written cell and its rubric, in a copy of a real unit with prompts of the tests."""
    written = new_markdown_cell("Because it **is** so.")
    written.metadata["nbgrader"] = {"grade_id": desk.FIRST}
    cells = [
        new_code_cell("import worktest\n\nunit = worktest.open_unit()"),
        new_code_cell("unit.form()"),
        written,
        new_code_cell(f'unit.words("{desk.FIRST}")'),
        new_code_cell(f'unit.rubric("{desk.FIRST}")'),
        new_markdown_cell("The end of it."),
    ]
    metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    nbformat.write(new_notebook(cells=cells, metadata=metadata), folder / "micro.ipynb")
    (folder / "prompts.toml").write_text(desk.PROMPTS, encoding="utf-8")


def test_typing_moves_the_count_and_the_rubric_goes_its_way(tmp_path: Path) -> None:
    workspace = tmp_path / "meine Übungen"
    folder = workspace / UNIT
    shutil.copytree(paths.curriculum() / UNIT, folder)
    desk_notebook(folder)
    draft = folder / "drafts" / f"{desk.SECOND}.md"
    with served(workspace, 8975) as address, browser_page() as page:
        open_notebook(page, address, f"{UNIT}/micro.ipynb")
        run_until(page, "The end of it.")
        box = page.locator(".worktest-answer textarea").first
        count = page.locator(".worktest-count").first
        expect(count).to_have_text("0 of 10 words, empty", timeout=60_000)
        box.click()
        page.keyboard.type("one two three", delay=30)
        expect(count).to_have_text("3 of 10 words")  # while typing: the box still has the focus
        page.keyboard.type(" four five six seven eight nine ten eleven <b>twelve</b>", delay=15)
        expect(count).to_have_text("12 of 10 words, 2 over the limit")
        assert count.evaluate("e => getComputedStyle(e).color") == "rgb(176, 0, 32)"
        for _ in range(50):  # the count is right from the twelfth word's first letter on; the last letters follow
            if draft.read_text(encoding="utf-8").endswith("eleven <b>twelve</b>"):
                break
            page.wait_for_timeout(200)
        assert (
            draft.read_text(encoding="utf-8") == "one two three four five six seven eight nine ten eleven <b>twelve</b>"
        )
        picture(page, "form-over")
        page.locator(".worktest-export").click()
        expect(page.locator(".worktest-exported")).to_contain_text("2 over the limit")
        assert "- A bet: empty" in (folder / "form.md").read_text(encoding="utf-8")
        expect(page.locator(".jp-OutputArea")).to_contain_text(["4 of 50 words (in micro.ipynb"])

        rubric = page.locator(".worktest-rubric")
        rubric.get_by_text("Commit my answer").click()
        for number in (1, 2, 3):
            expect(rubric).to_contain_text(f"Sample {number} of 3")
            picture(page, f"rubric-{number}")
            for row in rubric.locator(".worktest-levels").all():
                row.get_by_role("button", name="1").click()
            rubric.get_by_text("Keep these levels").click()
        rubric.get_by_text("Show the distance to the reference").click()
        # the unit's worked copy has no such prompt: that is said, and the sitting goes on
        expect(rubric).to_contain_text("not on this machine", timeout=60_000)
        expect(rubric).to_contain_text("Because it **is** so.")
        for row in rubric.locator(".worktest-levels").all():
            row.get_by_role("button", name="1").click()
        rubric.get_by_text("Keep these levels").click()
        expect(rubric).to_contain_text("2 of 3 points by your own reading")
        picture(page, "rubric-done")
    record = chain.read(folder / rubrics.FILE)
    assert record.problems == [] and [e["kind"] for e in record.entries].count("score") == 8
