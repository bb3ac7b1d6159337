"""A research folder from a work test: made, registered, run, logged."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import nbformat
import pytest
from cli import Said, call, the_line
from micro import UNIT, answered, released

from worktest import chain, journal, paths
from worktest.cli import app
from worktest.errors import UserError
from worktest.extend import folder as folders
from worktest.extend.plan import read_plan, unwritten
from worktest.extend.results import estimate_of, named, read_results

PLAN = '''
title = "Does doubling help?"
unit = "90_micro"
question = """Is the double larger?"""
why = """Somebody would stop doubling."""
hypothesis = """Larger by the value itself."""
smallest_experiment = """Two conditions."""
analysis = """Paired differences."""
output = """A page."""
output_date = "2027-02-01"
seeds = [1, 2, 3]

[[measure]]
id = "size"
says = "the sum"
unit = "units"

[[condition]]
id = "double"
role = "treatment"
says = "doubled"

[[condition]]
id = "plain"
role = "control"
says = "not doubled"

[[comparison]]
id = "main"
measure = "size"
condition = "double"
against = "plain"
expect = "higher"
smallest_effect = 0.5
says = "what doubling adds"

[[kill]]
id = "none"
comparison = "main"
when = "interval below"
value = 0.5
says = "stop"
'''
EXPERIMENT = """
import random

import work_test as mine


def run(condition, seed):
    values = [1.0 + seed + random.random()]
    return {"size": mine.total(mine.double(values) if condition == "double" else values)}
"""


@pytest.fixture
def home(micro_root: Path, tmp_path: Path) -> Path:
    """A workspace with the answered micro unit."""
    space = paths.workspace()
    shutil.copytree(micro_root / "curriculum" / UNIT, space / UNIT)
    (space / paths.MARKER).write_text("x", encoding="utf-8")
    nbformat.write(answered(micro_root), space / UNIT / "micro.ipynb")
    return space


@pytest.fixture
def mine(home: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A research folder with a plan and an experiment, not registered."""
    assert call(app, "extend", "90", "mine", capsys=capsys).code == 0
    folder = home / "research" / "mine"
    (folder / "plan.toml").write_text(PLAN, encoding="utf-8")
    (folder / "experiment.py").write_text(EXPERIMENT, encoding="utf-8")
    return folder


def extend(capsys: pytest.CaptureFixture[str], *arguments: str) -> Said:
    return call(app, "extend", *arguments, capsys=capsys)


def test_the_folder_holds_ones_own_functions_and_stands_alone(mine: Path, home: Path) -> None:
    text = (mine / "work_test.py").read_text(encoding="utf-8")
    assert "np.asarray(values) * 2" in text and "unit.check" not in text and "a long sweep" not in text
    shutil.rmtree(home / UNIT)
    done = subprocess.run(
        [sys.executable, "-c", "import work_test as m; print(m.total([1, 2]), m.unit.world.ANSWER_TO_EVERYTHING)"],
        cwd=mine, capture_output=True, text=True, env={**os.environ, "WORKTEST_RECORD": "off"},
    )  # fmt: skip
    assert done.stdout.split() == ["3.0", "42"], done.stderr


def test_stubs_are_named(home: Path, micro_root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    nbformat.write(released(micro_root), home / UNIT / "micro.ipynb")
    said = extend(capsys, "90", "stubs")
    assert "still stubs: double, total" in said.out


def test_a_cell_that_is_no_python_is_named_when_something_is_lost_with_it(
    home: Path, micro_root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    quiet = ("class of runs\nthat I import, from the table", "%timeit double([1])\nwhat now")
    lost = ("def half(values:\n    return values", "class Half:\nreturn", "import math\n!ls", "from math import\nx =")
    nbformat.write(answered(micro_root, before=(*quiet, *lost)), home / UNIT / "micro.ipynb")
    made = json.loads(extend(capsys, "90", "typo", "--json").out)
    first = made["problems"][0].split("code cell ")[1].split(" ")[0]
    assert made["problems"] == [
        f"micro.ipynb, code cell {int(first) + i} (no name) is no Python; left out" for i in range(len(lost))
    ]
    nbformat.write(answered(micro_root, {"micro-double": "double the values"}), home / UNIT / "micro.ipynb")
    (line,) = json.loads(extend(capsys, "90", "graded", "--json").out)["problems"]
    assert "(micro-double) is no Python; left out" in line


def test_a_template_parses_and_says_what_is_to_be_written(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    extend(capsys, "90", "fresh")
    plan = read_plan(home / "research" / "fresh")
    assert {"title", "question", "kill too-small: says"} <= set(unwritten(plan))
    line = the_line(extend(capsys, "register"))
    assert "still to be written" in line and "question" in line and "title" not in line  # a title is not registered


@pytest.mark.parametrize("name", ["check", "Mine", "../x", "a b", "-x", "x" * 80, "a--b"])
def test_names_that_are_none(home: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    the_line(extend(capsys, "90", "--", name))
    assert not (home / "research").exists() or not list((home / "research").iterdir())


def test_what_is_there_stays(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "stays as it is" in the_line(extend(capsys, "90", "mine"))
    assert (mine / "plan.toml").read_text(encoding="utf-8") == PLAN


def test_a_run_needs_a_registration_and_a_pilot_does_not(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "nothing is registered" in the_line(extend(capsys, "run"))
    assert extend(capsys, "run", "--pilot").code == 0
    assert not (mine / "results.csv").exists()
    assert {row.seed for row in read_results(mine, "pilot.csv").rows} == {101, 102}
    assert "seed 2 is one of the plan's" in the_line(extend(capsys, "run", "--pilot", "--seed", "2"))


def test_register_run_table(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    registered = extend(capsys, "register", "--json")
    extend(capsys, "predict", "main", "3", "2", "4")
    assert "registered as it stands" in the_line(extend(capsys, "register"))
    said = extend(capsys, "run")
    assert said.code == 0 and "6 runs" in said.out and "you predicted 3, 2 to 4" in said.out, said
    results = read_results(mine)
    one, other = results.values("double", "size"), results.values("plain", "size")
    assert list(one) == list(other) == [1, 2, 3]
    assert all(one[seed] == pytest.approx(2 * other[seed]) for seed in one)  # the same seed draws the same number
    table = json.loads(extend(capsys, "table", "--json").out)
    assert table["main"]["n"] == 3 and table["main"]["low"] < table["main"]["mean"] < table["main"]["high"]
    shown = extend(capsys, "table").out
    assert "Differences paired by seed" in shown and "treatment" in shown and "higher" in shown
    log = folders.at(mine).log()
    assert [run.condition for run in log.runs] == ["double", "plain"] and log.runs[0].seeds == [1, 2, 3]
    assert all(0 <= run.seconds < 30 for run in log.runs)
    assert log.registration is not None and log.registration.digest == json.loads(registered.out)["digest"]
    view = journal.view(mine)
    assert not view.problems and view.predictions["main"].hit is not None


def test_what_has_a_result_is_not_run_again_unless_told(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    extend(capsys, "register")
    extend(capsys, "run", "--condition", "plain")
    before = (mine / "results.csv").read_text(encoding="utf-8")
    assert "3 had a result" in extend(capsys, "run").out
    assert (mine / "results.csv").read_text(encoding="utf-8").startswith(before)
    extend(capsys, "run", "--again", "--seed", "2")
    assert folders.at(mine).log().runs[-1].replaced == [2]


def test_rows_of_older_code_and_rows_edited_by_hand_are_named_when_nothing_is_run(
    mine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    extend(capsys, "register")
    assert "note:" not in call(app, "extend", "run", capsys=capsys).out
    assert "note:" not in call(app, "extend", "run", capsys=capsys).out
    with (mine / "experiment.py").open("a") as file:
        file.write("# another word\n")
    assert "--again" in call(app, "extend", "run", capsys=capsys).out
    with (mine / "results.csv").open("a") as file:
        file.write("\n")
    assert "not as a run left it" in call(app, "extend", "run", capsys=capsys).out


def test_a_negative_number_is_a_number(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = call(app, "extend", "predict", "main", "-1", "-2", "-0.5", "--sure", "0.7", capsys=capsys)
    assert said.code == 0 and "-1, -2 to -0.5, 70 %" in said.out


def test_an_option_that_is_missing_points_to_its_own_commands_help(
    mine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "worktest extend deviate --help" in the_line(call(app, "extend", "deviate", "other", capsys=capsys))


def test_a_missing_quote_is_named(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (mine / "plan.toml").read_text()
    (mine / "plan.toml").write_text(text.replace('role = "control"', 'role = "control', 1))
    assert "quote" in the_line(call(app, "extend", "register", capsys=capsys))


def test_a_failed_run_is_kept_in_the_log_and_the_others_go_on(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = EXPERIMENT.replace("    values", "    if seed == 2 and condition == 'plain':\n        1 / 0\n    values")
    (mine / "experiment.py").write_text(broken, encoding="utf-8")
    extend(capsys, "register")
    said = extend(capsys, "run")
    assert said.code == 1 and "plain, seed 2: ZeroDivisionError: division by zero (experiment.py, line 9)" in said.out
    assert "Traceback" not in said.out and "Traceback" in (mine / "last_run.txt").read_text(encoding="utf-8")
    assert len(read_results(mine).rows) == 5
    assert list(folders.at(mine).log().runs[1].failed) == ["2"]
    assert named(read_plan(mine), read_results(mine))["main"].n == 2  # only whole pairs


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("    return 3", "gives a dict"),
        ("    return {}", "lacks size"),
        ("    return {'size': 1.0, 'more': 2.0}", "has more"),
        ("    return {'size': float('nan')}", "no finite number"),
        ("    raise SystemExit(0)", "SystemExit"),
        ("    import os\n    os._exit(7)", "ended with code 7"),
    ],
)
def test_what_is_no_result(mine: Path, capsys: pytest.CaptureFixture[str], body: str, says: str) -> None:
    (mine / "experiment.py").write_text(f"def run(condition, seed):\n{body}\n", encoding="utf-8")
    extend(capsys, "register")
    said = extend(capsys, "run", "--seed", "1", "--condition", "plain")
    assert said.code == 1 and says in said.out, said
    assert not read_results(mine).rows


def test_an_experiment_that_is_no_python(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (mine / "experiment.py").write_text("def run(:\n", encoding="utf-8")
    extend(capsys, "register")
    assert "experiment.py can't be imported: SyntaxError" in the_line(extend(capsys, "run", "--json"))
    assert not folders.at(mine).log().runs


def test_a_stopped_run_leaves_whole_pairs_and_goes_on(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    slow = EXPERIMENT.replace("import random", "import random\nimport time").replace(
        "    values", "    time.sleep(0.7)\n    values"
    )
    (mine / "experiment.py").write_text(slow, encoding="utf-8")
    extend(capsys, "register")
    program = "import sys; from worktest.cli import main; sys.argv = ['worktest', 'extend', 'run', '--in-here']; main()"
    program = program.replace(", '--in-here'", "")
    process = subprocess.Popen(
        [sys.executable, "-c", program], cwd=mine, stderr=subprocess.PIPE, stdout=subprocess.PIPE
    )
    end = time.monotonic() + 60
    while time.monotonic() < end and len(read_results(mine).rows) < 2:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert b"stopped; nothing was lost" in err, err
    there = len(read_results(mine).rows)
    assert 2 <= there < 6 and sum(len(run.seeds) for run in folders.at(mine).log().runs) == there
    assert extend(capsys, "run").code == 0
    assert len(read_results(mine).rows) == 6


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("seeds = [1, 2, 3]", "a seed is there twice"),
        ('condition = "double"', "no [[condition]] has the id 'twice'"),
        ('unit = "units"', "measure number 1, key 'unit'"),
        ('role = "control"', "condition number 2, key 'role'"),
        ("smallest_effect = 0.5", "comparison number 1, key 'smallest_effect'"),
        ('comparison = "main"', "no [[comparison]] has the id 'mian'"),
    ],
)
def test_a_plan_that_does_not_hold_together(
    mine: Path, capsys: pytest.CaptureFixture[str], text: str, says: str
) -> None:
    wrong = {
        "seeds = [1, 2, 3]": "seeds = [1, 2, 2]",
        'condition = "double"': 'condition = "twice"',
        'unit = "units"': "unit = 3",
        'role = "control"': 'role = "contrl"',
        "smallest_effect = 0.5": "smallest_effect = -1.0",
        'comparison = "main"': 'comparison = "mian"',
    }
    (mine / "plan.toml").write_text(PLAN.replace(text, wrong[text]), encoding="utf-8")
    line = the_line(extend(capsys, "register"))
    assert "plan.toml" in line and says in line
    assert says in extend(capsys, "list").out


def test_notes_and_deviations(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "nothing is registered" in the_line(extend(capsys, "deviate", "a fourth seed", "--because", "time"))
    extend(capsys, "register")
    extend(capsys, "note", "the plain one is noisy")
    extend(capsys, "deviate", "a fourth seed", "--because", "the third was slow")
    assert "is empty" in the_line(extend(capsys, "note", " "))
    log = folders.at(mine).log()
    assert [note.text for note in log.notes] == ["the plain one is noisy"]
    assert (log.deviations[0].what, log.deviations[0].because) == ("a fourth seed", "the third was slow")
    assert "note: seed 9 is not registered" in extend(capsys, "run", "--seed", "9").out


def test_a_changed_registration_is_seen(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    extend(capsys, "register")
    path = mine / "journal.jsonl"
    path.write_text(
        path.read_text(encoding="utf-8").replace("Is the double larger?", "Is it smaller?"), encoding="utf-8"
    )
    log = folders.at(mine).log()
    assert log.registration is None and len(log.problems) == 2  # the chain, and the registration's own hash


def test_results_that_are_no_table(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    extend(capsys, "register")
    (mine / "results.csv").write_text("condition,seed,measure,value\nplain,one,size,2\n", encoding="utf-8")
    assert "results.csv, line 2" in the_line(extend(capsys, "run"))
    (mine / "results.csv").write_bytes(b"\xff\xfe\x00")
    assert "line 1: the header is" in the_line(extend(capsys, "run"))


def test_which_folder_is_meant(
    mine: Path, home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    extend(capsys, "90", "other")
    assert "which one? mine, other" in (line := the_line(extend(capsys, "table"))) and "--in mine" in line
    assert "there is no research folder 'others'" in the_line(extend(capsys, "table", "others"))
    monkeypatch.chdir(mine / "unit")
    assert "There are no results yet" in extend(capsys, "table").out
    listed = {one["name"]: one["state"] for one in json.loads(extend(capsys, "list", "--json").out)}
    assert listed["mine"] == "not registered" and listed["other"].startswith("not registered; ")


def test_what_the_work_test_left_open(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = journal.Journal(home / UNIT)
    book.predict("size", 1.0, (0.5, 1.5), 0.9)
    book.predict("other", 1.0, (0.5, 1.5), 0.9)
    book.measure("size", 7.0)
    book.measure("other", 1.0)
    book.decide("metric", "sum", ["mean"], "it is simple", "an outlier that decides it")
    extend(capsys, "90", "mine")
    text = (home / "research" / "mine" / "left_open.md").read_text(encoding="utf-8")
    assert "**size**: you said 0.5 to 1.5 (90 % sure), measured was 7" in text
    assert "an outlier that decides it" in text and "**other**" not in text


def test_an_interval_is_students() -> None:
    found = estimate_of([1.0, 2.0, 3.0, 4.0, 5.0])
    assert found is not None and found.low is not None
    assert found.mean - found.low == pytest.approx(2.7764 * 0.70711, rel=1e-3)  # t(4), and 1.58 / sqrt 5
    assert str(found) == "3.0 (1.0 to 5.0, n = 5)"
    alone = estimate_of([0.5])
    assert alone is not None and alone.low is None and "no interval" in str(alone)
    assert estimate_of([]) is None


def test_no_experiment_no_folder(home: Path) -> None:
    with pytest.raises(UserError, match="no research folder yet"):
        folders.find(None, home)
    with pytest.raises(UserError, match="lacks plan.toml"):
        folders.at(home)


def test_damaged_lines_of_the_log_are_named(mine: Path) -> None:
    chain.append(mine / "journal.jsonl", "run", {"condition": 3})
    chain.append(mine / "journal.jsonl", "note", {"text": "still read"})
    log = folders.at(mine).log()
    assert log.problems == ["journal.jsonl, entry 1: a 'run' that can't be read; it is passed over"]
    assert log.notes[0].text == "still read"


def test_progress_says_how_far_an_extension_is(mine: Path, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def area() -> dict[str, Any]:
        found = json.loads(call(app, "progress", "--json", capsys=capsys).out)["readiness"]
        return next(area for area in found if area["id"] == "carrying-on")

    assert area()["done"] == ["mine (unit 90): not registered"]
    assert area()["next"]["command"] == "worktest extend register mine"
    extend(capsys, "register")
    extend(capsys, "run")
    assert "6 runs done" in area()["done"][0] and area()["next"]["command"] == "worktest extend check mine"
    assert (area()["figures"][0]["value"], area()["figures"][0]["of"]) == (1, 1)
    (mine / "plan.toml").write_text("broken", encoding="utf-8")
    assert "not well-formed" in area()["done"][0]
