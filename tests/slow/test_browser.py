"""A person's way through the course in a real browser: a check turns green, a teacher presses Autograde."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
import pytest
from browser import active, browser_page, chromium, open_notebook, picture, replace_cell, run_until, served
from playwright.sync_api import expect

from autograde import course
from autograde.answers.bank import read_bank
from autograde.paths import solutions
from worktest import paths
from worktest.units import load_unit

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(chromium() is None, reason="no Chromium on this machine (Debian: apt install chromium)"),
]
UNIT = "01_logit_diff_amplification"
TOPIC = "lda-amplify-logits"


def hand_in_hostile(root: Path) -> Path:
    """A hand-in that runs the worked answers from the grader's disk and leaves a marker there; gives the marker."""
    target = root / "submitted" / "hostile" / UNIT
    target.mkdir(parents=True)
    marker = root / "marker-of-the-hostile"
    worked = [str(folder / UNIT / "work_test.ipynb") for folder in (solutions(), root / "solutions")]
    attack = (
        f"import json\nfor path in {worked!r}:\n    try:\n"
        "        for cell in json.load(open(path))['cells']:\n"
        "            if cell['cell_type'] == 'code': exec(''.join(cell['source']))\n"
        f"        open({str(marker)!r}, 'w').write('was here')\n    except Exception as problem: print(problem)\n"
    )
    for path in (paths.curriculum() / UNIT).glob("*.ipynb"):
        notebook = nbformat.read(path, as_version=4)
        place = next(n for n, cell in enumerate(notebook.cells) if cell.cell_type == "code") + 1
        notebook.cells.insert(place, nbformat.v4.new_code_cell(attack))
        nbformat.write(notebook, target / path.name)
    return marker


def test_learner_and_teacher(tmp_path: Path) -> None:
    workspace = tmp_path / "meine Übungen"
    answer = next(a.code for a in read_bank(UNIT) if a.topic == TOPIC and a.kind == "right")
    answer = "\n".join(line for line in answer.splitlines() if not line.startswith("# "))
    with served(workspace, 8970) as address, browser_page() as page:
        open_notebook(page, address, f"{UNIT}/work_test.ipynb")

        # the learner: runs the first cells, fills one in, and sees its check turn green
        run_until(page, "def amplify_logits")
        picture(page, "before")
        page.keyboard.press("Shift+Enter")
        assert f'check("{TOPIC}")' in active(page).inner_text()
        page.keyboard.press("Shift+Enter")
        expect(page.locator(".worktest-report").first).to_contain_text("0 of 2 visible checks passed", timeout=90_000)
        run_until(page, "def amplify_logits")
        replace_cell(page, answer)
        page.keyboard.press("Shift+Enter")
        green = page.locator(".worktest-report.green").first
        expect(green).to_contain_text("2 of 2 visible checks passed", timeout=90_000)
        green.scroll_into_view_if_needed()
        picture(page, "notebook")
        page.keyboard.press("Control+s")
        page.wait_for_timeout(1500)

        # the teacher: two hand-ins, graded by formgrader's own button
        root = course.root_of(workspace)
        for student, origin in (("worked", Path("solutions")), ("blank", Path("curriculum"))):
            target = root / "submitted" / student / UNIT
            target.mkdir(parents=True)
            source = (paths.curriculum().parent if paths.checkout() else root) / origin / UNIT
            for notebook in source.glob("*.ipynb"):
                shutil.copyfile(notebook, target / notebook.name)
        marker = hand_in_hostile(root)
        base, token = address.split("/lab?token=")
        page.goto(f"{base}/formgrader/manage_assignments?token={token}")
        expect(page.locator("body")).to_contain_text(UNIT)
        picture(page, "formgrader")
        page.goto(f"{base}/formgrader/manage_submissions/{UNIT}")
        automatic = sum(cell.points for cell in load_unit(paths.curriculum() / UNIT).graded)
        for student, score in (("worked", automatic), ("blank", 0), ("hostile", 0)):
            row = page.locator("tr", has_text=student)
            row.locator(".autograde a, .autograde button").first.click()
            expect(page.locator(".modal-title, .modal-header").first).to_contain_text("Success", timeout=240_000)
            page.keyboard.press("Escape")
            page.goto(f"{base}/formgrader/manage_submissions/{UNIT}")
            expect(page.locator("tr", has_text=student).locator("td.score")).to_contain_text(f"{score} / ")
        assert not marker.exists()
        picture(page, "autograded")
