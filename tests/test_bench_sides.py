"""Measuring, with real processes: memory, and a whole run of both sides on the small unit. No times are asserted."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from micro import DOUBLE, TOTAL, UNIT
from rich.console import Console

from autograde.bench import ours, table
from autograde.bench.apart import ours_apart
from autograde.bench.block import Block, Side
from autograde.bench.memory import MARK, Watch, end_marked, marked, new_mark
from autograde.bench.run import Outcome, run
from autograde.bench.submissions import Kind, Submission
from autograde.engine import pool
from worktest.errors import UserError

# Memory ------------------------------------------------------------------------------------------------------------


def test_memory_of_children_counts_also_of_one_that_left() -> None:
    """A server that leaves its parent is found by its mark, is counted, and is ended."""
    mark = new_mark()
    start = "import subprocess, sys; subprocess.Popen([sys.executable, '-c', sys.argv[1]])"
    big, small = (f"x = bytearray({n}); import time; time.sleep(60)" for n in (120_000_000, 90_000_000))
    parent = (
        "import subprocess, sys, time\n"
        f"subprocess.run([sys.executable, '-c', {start!r}, {big!r}])\n"
        f"child = subprocess.Popen([sys.executable, '-c', {small!r}])\n"
        "time.sleep(4)\nchild.kill()"
    )
    process = subprocess.Popen([sys.executable, "-c", parent], env={**os.environ, MARK: mark})
    with Watch(process.pid, mark) as watch:
        process.wait()
    assert 210_000_000 < watch.peak < 400_000_000
    if sys.platform == "linux":
        assert 0 < watch.peak_shared <= 1.1 * watch.peak
    assert len(marked(mark)) == 1
    end_marked(mark)
    assert marked(mark) == [] == marked("")


def test_a_side_that_fails_says_why(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"our side failed: .*unit\.toml is missing"):
        ours_apart(tmp_path, "99_gone", ["a"], workers=1, explore=False)


# Both sides on the small unit --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def outcome(bank_root: Path) -> Outcome:
    """Both sides, ours in this process: one of our own would not know the unit, which only this one has."""

    def here(root: Path, unit: str, students: Sequence[str], *, workers: int, explore: bool) -> Block:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(pool, "local", lambda count: ThreadPoolExecutor(count))
            return ours.ours(root, unit, students, workers=workers, explore=explore)

    kinds: tuple[Kind, ...] = ("right", "dies", "half", "cut", "syntax")
    return run(
        UNIT, stock_count=5, ours_count=5, same_count=None, blocks=1, workers=1, seed=4, cycle=kinds, grade_ours=here
    )


def test_both_sides_give_the_same_points(outcome: Outcome) -> None:
    submitted, same = outcome.scores().values()
    assert submitted.disagreements == [] and submitted.same == submitted.cells == 6  # three whole submissions
    assert same.disagreements == [] and same.same == same.cells > 0
    points = outcome.stock.scores
    assert len({value for cells in points.values() for value in cells.values()}) > 3, points
    assert outcome.stock.notes == {}


def test_a_broken_submission_costs_the_others_nothing(outcome: Outcome) -> None:
    assert set(outcome.stock.failed) == {"s001-dies", "s003-cut"}
    assert "Kernel died" in outcome.stock.failed["s001-dies"]
    assert set(outcome.submitted.failed) == {"s003-cut"}
    assert set(outcome.submitted.scores["s001-dies"]) == {DOUBLE, TOTAL}
    assert outcome.stock.sample and len(outcome.stock.sample) == 5
    assert sum(outcome.stock.sample) == pytest.approx(outcome.stock.seconds)
    assert 0 < (outcome.submitted.mean_ran() or 0) < outcome.submitted.seconds
    assert (outcome.stock.mean_ran() or 0) > 0 and outcome.stock.peak > 10**7


def test_what_is_shown(outcome: Outcome) -> None:
    data = json.loads(json.dumps(table.to_json(outcome)))
    assert data["ratios"]["same cells"]["value"] > 0 and data["ratios"]["as submitted"]["value"] > 0
    assert [s["submissions"] for s in data["sides"]] == [5, 5, 5]
    text = shown(outcome)
    assert "6 of 6 cells are the same" in text and "differs" not in text and "other mixes" not in text
    assert "s001-dies: nbgrader gives" in text and "Kernel died" in text
    for private in (str(Path.home()), str(Path(sys.executable).parent)):
        assert private not in json.dumps(data["machine"])


def shown(outcome: Outcome) -> str:
    console = Console(width=200, record=True, file=io.StringIO())
    console.print(table.render(outcome))
    return console.export_text()


def test_a_difference_and_another_mix_are_shown() -> None:
    stock = Side("nbgrader alone", [Block(["a"], 8.0, scores={"a": {"t": 1.0}})])
    mine = Side("ours, as submitted", [Block(["a", "b"], 4.0, scores={"a": {"t": 2.0}, "b": {}})])
    people = [Submission("a", "right"), Submission("b", "blank")]
    about: dict[str, Any] = {"cores": 2, "threads": "1", "versions": {"python": "3"}}

    text = shown(Outcome("u", ["t"], people, stock, mine, None, "left out", 1, 0, "1 worker", ["x"], about, [0.0]))
    assert "0 of 1 cells are the same" in text and "a t: nbgrader 1, ours 2" in text
    assert "other mixes of kinds" in text and "4.0" in text
