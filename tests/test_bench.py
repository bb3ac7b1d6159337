"""Measuring: the arithmetic, the made-up class, whose turn it is, and what the commands say."""

from __future__ import annotations

import ast
import itertools
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import nbformat
import pytest
from cli import call, the_line
from micro import DOUBLE, TOTAL, UNIT, cell_of
from nbformat.v4 import new_code_cell, new_output

from autograde.answers.bank import read_bank
from autograde.bench import flat
from autograde.bench.block import Block, Side, shared_out, split
from autograde.bench.figures import Disagreement, compare, interval, ratio
from autograde.bench.in_kernel import check_line
from autograde.bench.run import in_turns
from autograde.bench.stock import oddity, reasons
from autograde.bench.submissions import CYCLE, KINDS, Kind, cycle_for, plan, read_kinds, write
from autograde.cli import app
from worktest.errors import UserError

# The class ---------------------------------------------------------------------------------------------------------


def test_both_sides_grade_the_same_mix() -> None:
    for stock in (1, 2, 5, 8):
        cycle = cycle_for(stock)
        assert cycle == CYCLE[:stock]
        few, many = (Counter(s.kind for s in plan(n, cycle)) for n in (stock, 5 * stock))
        assert {kind: 5 * count for kind, count in few.items()} == many
    assert len({s.student for s in plan(40)}) == 40
    assert plan(8) == plan(40)[:8]
    with pytest.raises(UserError, match="'good'; there are: right, half"):
        read_kinds("right, good")
    assert read_kinds("right, cut") == ("right", "cut")


def texts(root: Path, folder: Path, kinds: Sequence[Kind], seed: int = 0) -> dict[str, str]:
    bank = read_bank(UNIT)
    for submission in plan(len(kinds), kinds):
        write(UNIT, submission, bank, folder / submission.student, seed)
    return {p.name: (p / "micro.ipynb").read_text() for p in sorted(folder.iterdir())}


def test_submissions_are_of_their_kinds(bank_root: Path, tmp_path: Path) -> None:
    found = {name.split("-")[1]: text for name, text in texts(bank_root, tmp_path, KINDS).items()}
    assert set(found) == set(KINDS)
    with pytest.raises(json.JSONDecodeError):
        json.loads(found.pop("cut"))
    notebooks = {kind: nbformat.reads(text, as_version=4) for kind, text in found.items()}
    code = {kind: {t: cell_of(nb, t).source for t in (DOUBLE, TOTAL)} for kind, nb in notebooks.items()}
    kind_of = {(a.topic, a.code.rstrip()): a.kind for a in read_bank(UNIT)}

    def kinds(kind: str) -> list[str]:
        return [kind_of[topic, text.rpartition("\n")[0].rstrip()] for topic, text in code[kind].items()]

    assert set(kinds("right")) <= {"right", "worked"} and set(kinds("dies")) <= {"right", "worked"}
    assert set(kinds("wrong")) <= {"wrong", "hard-coded"} and set(kinds("blank")) == {"blank"}
    half = [kind in ("right", "worked") for kind in kinds("half")]
    assert sorted(half) == [False, True]
    parsed = []
    for text in code["syntax"].values():
        try:
            ast.parse(text)
            parsed.append(True)
        except SyntaxError:
            parsed.append(False)
    assert sorted(parsed) == [False, True]
    ends = [n for n, c in enumerate(notebooks["dies"].cells) if "os._exit" in c.source]
    checks = [n for n, c in enumerate(notebooks["dies"].cells) if "unit.check" in c.source]
    assert len(ends) == 1 and checks[0] < ends[0] < checks[1]
    assert not any("os._exit" in c.source for kind, nb in notebooks.items() if kind != "dies" for c in nb.cells)


def test_no_two_submissions_are_the_same_and_a_seed_gives_the_same_class(bank_root: Path, tmp_path: Path) -> None:
    kinds = CYCLE * 3
    once, again = texts(bank_root, tmp_path / "a", kinds), texts(bank_root, tmp_path / "b", kinds)
    assert once == again and len(set(once.values())) == len(kinds)
    cells = [cell_of(nbformat.reads(t, as_version=4), DOUBLE).source for t in once.values()]
    assert len(set(cells)) == len(kinds)  # nor is a graded cell of one that of another
    assert texts(bank_root, tmp_path / "c", kinds, seed=1) != once


# Turns -------------------------------------------------------------------------------------------------------------


def test_blocks_are_even_and_lose_nobody() -> None:
    names = [str(n) for n in range(11)]
    parts = split(names, 3)
    assert [name for part in parts for name in part] == names
    assert max(map(len, parts)) - min(map(len, parts)) <= 1
    assert split(names[:2], 5) == [["0"], ["1"]]


@pytest.mark.parametrize(
    ("stock", "many", "same", "blocks"), [(8, 40, 40, 2), (2, 4, 0, 1), (3, 3, 2, 3), (1, 1, 1, 4)]
)
def test_every_submission_has_its_turn_once(stock: int, many: int, same: int, blocks: int) -> None:
    names = [str(n) for n in range(many)]
    turns = in_turns(names, stock, same, blocks)
    graded: dict[str, list[str]] = {}
    for turn in turns:
        assert turn.students
        graded.setdefault(turn.side, []).extend(turn.students)
    wanted = {"nbgrader alone": names[:stock], "ours, as submitted": names, "ours, same cells": names[:same]}
    assert graded == {side: students for side, students in wanted.items() if students}
    sides = [turn.side.split(",")[0] for turn in turns]
    assert sides[0] == "ours"
    if many > min(blocks, stock):
        assert sides[-1] == "ours"
        assert all(a != b or a == "ours" for a, b in itertools.pairwise(sides))


# Arithmetic --------------------------------------------------------------------------------------------------------


def side(*blocks: Block, name: str = "x") -> Side:
    return Side(name, list(blocks))


def test_the_start_of_a_process_is_shared_out() -> None:
    each = shared_out({"a": 2.0, "b": 4.0}, 8.0)
    assert each == {"a": 3.0, "b": 5.0} and shared_out({}, 8.0) == {}


def test_a_ratio_is_of_times_for_one_submission() -> None:
    stock = side(Block(["a", "b"], 60.0, each={"a": 20.0, "b": 40.0}))
    mine = side(Block(["a", "b"], 10.0), Block(["c", "d", "e"], 15.0))
    found = ratio(stock, mine)
    assert found.value == pytest.approx(6.0)  # 30 s over 5 s; blocks of ours are the sample where no more is known
    assert (found.stock_n, found.ours_n) == (2, 2)
    assert found.low == pytest.approx(4.0) and found.high == pytest.approx(8.0)
    assert mine.sample == [5.0, 5.0]


def test_the_interval() -> None:
    assert interval([3.0], [1.0, 2.0]) == (None, None) == interval([3.0, 4.0], [1.0])
    assert interval([6.0, 6.0, 6.0], [2.0, 2.0]) == (3.0, 3.0)
    narrow, wide = (interval([30.0 - d, 30.0, 30.0 + d] * 3, [5.0, 5.2, 4.8] * 10) for d in (1.0, 15.0))
    assert narrow[0] and narrow[1] and wide[0] and wide[1]
    assert wide[0] < narrow[0] < 6.0 < narrow[1] < wide[1]
    assert interval([1.0, 2.0, 9.0], [1.0, 2.0], seed=3) == interval([1.0, 2.0, 9.0], [1.0, 2.0], seed=3)


def test_run_times_and_what_is_beyond_them() -> None:
    one = Block(
        ["a", "b", "c"], 12.0, each={"a": 5.0, "b": 4.0, "c": 3.0}, ran={"a": 3.0, "b": 2.0}, explored={"a": 2.0}
    )
    assert side(one).mean_ran() == pytest.approx(2.5)
    assert side(one).mean_ran(explore=False) == pytest.approx(1.5)
    assert side(one).mean_overhead() == pytest.approx(2.0)
    assert side(Block(["a"], 3.0)).mean_ran() is None and side(Block(["a"], 3.0)).mean_overhead() is None
    assert side(Block(["a"], peak=3), Block(["b"], peak=7)).peak == 7


# Scores ------------------------------------------------------------------------------------------------------------


def test_every_difference_of_scores_is_named() -> None:
    stock = side(
        Block(
            ["a", "b", "c"],
            scores={"a": {"t": 1.0, "u": 2.0}, "b": {"t": 0.0, "u": 2.0}, "c": {"t": 3.0}},
            failed={"c": "DeadKernelError: Kernel died"},
            notes={("b", "t"): "the check cell ended in TypeError"},
        )
    )
    mine = side(
        Block(
            ["a", "b", "c", "d"],
            scores={"a": {"t": 1.004, "u": 2.0}, "b": {"t": 1.0}, "c": {"t": 3.0, "u": 2.0}, "d": {"t": 1.0}},
        )
    )
    found = compare(stock, mine, ["t", "u"])
    assert (found.cells, found.same) == (4, 3)
    assert found.disagreements == [
        Disagreement("b", "t", 0.0, 1.0, "the check cell ended in TypeError"),
        Disagreement("b", "u", 2.0, None, "our gradebook has no points"),
    ]
    assert found.undefined == [("c", "u", "DeadKernelError: Kernel died")]


def test_what_nbgrader_takes_for_points_is_told_from_what_it_does_not() -> None:
    number = new_output("execute_result", data={"text/plain": "2.0"})
    loud = new_output("stream", name="stderr", text="careful")
    failed = new_output("error", ename="KeyError", evalue="", traceback=[])
    assert oddity(new_code_cell(outputs=[number])) == ""
    assert "stderr" in oddity(new_code_cell(outputs=[loud, number]))
    assert "KeyError" in oddity(new_code_cell(outputs=[failed]))
    assert "no number" in oddity(new_code_cell(outputs=[]))


def test_reasons_are_read_from_the_log() -> None:
    log = """[AutogradeApp | ERROR] There was an error processing assignment: /x y/submitted/s001-dies/90_micro
[AutogradeApp | ERROR] Traceback (most recent call last):
      File "client.py", line 1, in run
    nbclient.exceptions.DeadKernelError: Kernel died

[AutogradeApp | WARNING] Removing failed assignment: autograded/s001-dies/90_micro
[AutogradeApp | ERROR] There was an error processing assignment 's' for student 's'
"""
    assert reasons(log.splitlines(keepends=True)) == {"s001-dies": "nbclient.exceptions.DeadKernelError: Kernel died"}


def test_a_check_cell_leaves_no_name_behind() -> None:
    (statement,) = ast.parse(check_line(DOUBLE)).body
    assert isinstance(statement, ast.Expr)


# Commands ----------------------------------------------------------------------------------------------------------


def test_flat_has_a_batch_of_each_size(bank_root: Path) -> None:
    asked: list[tuple[int, bool]] = []

    def fake(course: Path, unit: str, students: Sequence[str], *, workers: int, explore: bool) -> Block:
        assert sorted(students) == sorted(p.name for p in (course / "submitted").iterdir())
        asked.append((len(students), explore))
        return Block(list(students), 3.0 * len(students), peak=100 * len(students))

    points = flat.measure(UNIT, [1, 3], grade_ours=fake)
    assert asked == [(1, False), (3, False)]
    assert [p.per_submission for p in points] == [3.0, 3.0] and [p.peak for p in points] == [100, 300]
    assert flat.render(UNIT, points).row_count == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("grade", "90", "--kinds", "good"), "no kind of submission 'good'"),
        (("grade", "90", "--stock", "9", "--ours", "8"), "at most --ours"),
        (("flat", "--sizes", "10,x"), "--sizes takes numbers"),
        (("flat", "--unit", "99"), "there is no unit '99'"),
    ],
)
def test_bad_options_give_one_line(
    arguments: tuple[str, ...], said: str, bank_root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said in the_line(call(app, "bench", *arguments, capsys=capsys))
