"""Proofs that are kept: what a run writes and when, and which cells a later run spares."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import run_checks
from cli import call, the_line
from micro import DOUBLE, TOTAL, UNIT
from proof_unit import WORKED, edit

from autograde.answers import keep, proofs
from autograde.answers.bank import read_bank
from autograde.answers.digest import digests_of
from autograde.answers.judge import Row
from autograde.cli import app
from worktest import paths

Capture = pytest.CaptureFixture[str]
KEYS = [f"{UNIT}/{DOUBLE}", f"{UNIT}/{TOTAL}"]


@pytest.fixture
def root(proof_root: Path) -> Path:
    return proof_root


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, list[int]]]:
    """Nothing is run and everything passes: gives the seeds that each cell would have had."""
    seen: dict[str, list[int]] = {}

    def prove_unit(unit: str, bank: Any, *, seeds: dict[str, range], done: Any = id, **_: Any) -> list[Row]:
        rows = [Row(unit, topic, seeds=len(share)) for topic, share in seeds.items()]
        seen.clear()
        seen.update({topic: list(share) for topic, share in seeds.items()})
        for row in rows:
            done(row)
        return rows

    monkeypatch.setattr(keep, "prove_unit", prove_unit)
    yield seen


def now() -> dict[str, str]:
    return digests_of(UNIT, read_bank(UNIT))


# What a run writes ------------------------------------------------------------------------------------------------


def test_what_passes_is_kept_and_not_run_again(root: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    said = call(app, "answers", "--prove", "--seeds", "3", "--json", capsys=capsys)
    assert said.code == 0 and [row["seeds"] for row in json.loads(said.out)] == [3, 3]
    text = (root / "solutions" / "proofs.json").read_text()
    assert [line.split('"')[1] for line in text.splitlines()[1:-1]] == KEYS, "an entry a line, sorted"
    entries = json.loads(text)
    counts = {"seeds": 3, "right": 1, "wrong": 1, "hard-coded": 1}
    assert entries[KEYS[0]] == {"digest": now()[DOUBLE], **counts}
    assert entries[KEYS[1]] == {"digest": now()[TOTAL], **counts, "right": 0}
    with monkeypatch.context() as patch:
        patch.setattr("autograde.answers.prove.KernelRoom", None)
        said = call(app, "answers", "--prove", "--seeds", "3", capsys=capsys)
    assert said.code == 0 and "2 of 2 cells are proven and unchanged: skipped" in said.err
    assert (root / "solutions" / "proofs.json").read_text() == text


def test_a_cell_that_fails_has_no_entry(root: Path, capsys: Capture) -> None:
    (root / WORKED / "answers" / TOTAL / "nought.py").unlink()
    old = {"digest": "0" * 20, "seeds": 200, "right": 1, "wrong": 1, "hard-coded": 1}
    (root / "solutions" / "proofs.json").write_text(json.dumps(dict.fromkeys(KEYS, old)))
    said = call(app, "answers", "--prove", "--seeds", "1", capsys=capsys)
    assert said.code == 1 and "no wrong answer loses the check sums_one_two" in said.out.replace("\n", " ")
    assert list(proofs.read()) == KEYS[:1] and proofs.read()[KEYS[0]].digest == now()[DOUBLE]


def test_more_seeds_or_again_prove_anew(root: Path, capsys: Capture, asked: dict[str, list[int]]) -> None:
    for arguments, seeds in (
        (("--seeds", "4"), {DOUBLE: 4, TOTAL: 4}),
        (("--seeds", "3"), {}),
        (("--again", "--seeds", "3"), {DOUBLE: 3, TOTAL: 3}),
        ((), {DOUBLE: 200, TOTAL: 200}),
    ):
        assert call(app, "answers", "--prove", *arguments, capsys=capsys).code == 0
        assert {topic: len(share) for topic, share in asked.items()} == seeds


def test_an_interrupted_run_keeps_what_it_has_proven(
    root: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(unit: str, bank: Any, *, done: Any, **_: Any) -> list[Row]:
        done(Row(unit, DOUBLE, seeds=200))
        raise KeyboardInterrupt

    monkeypatch.setattr(keep, "prove_unit", stopped)
    assert call(app, "answers", "--prove", capsys=capsys).code == 130
    assert list(proofs.read()) == KEYS[:1]
    assert [p.name for p in (root / "solutions").iterdir() if "proofs" in p.name] == ["proofs.json"]


def test_a_file_that_changes_meanwhile_gives_no_entry(
    root: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def disturbed(unit: str, bank: Any, *, done: Any, **_: Any) -> list[Row]:
        done(Row(unit, DOUBLE, seeds=200))
        edit(f"{WORKED}/hidden.py", "# stricter\n")(root)
        done(Row(unit, TOTAL, seeds=200))
        return []

    monkeypatch.setattr(keep, "prove_unit", disturbed)
    assert f"{KEYS[1]}: its files have changed" in the_line(call(app, "answers", "--prove", capsys=capsys))
    assert list(proofs.read()) == KEYS[:1]


GOOD = '"digest": "00000000000000000000", "right": 1, "wrong": 1, "hard-coded": 1'
BROKEN = {
    "merge": ('{\n<<<<<<< HEAD\n "90_micro/micro-double": {}\n', "not well-formed JSON"),
    "empty": ("", "not well-formed JSON"),
    "a list": ("[]", "an object with an entry for each"),
    "no object": ('{"90_micro/micro-double": 1}', "90_micro/micro-double"),
    "unknown field": (f'{{"90_micro/micro-double": {{{GOOD}, "seeds": 200, "by": "me"}}}}', "'by'"),
    "missing field": (f'{{"90_micro/micro-double": {{{GOOD}}}}}', "'seeds'"),
    "text for a number": (f'{{"90_micro/micro-double": {{{GOOD}, "seeds": "200"}}}}', "'seeds'"),
    "twice": (f'{{"a/b-c": {{{GOOD}, "seeds": 1}}, "a/b-c": {{{GOOD}, "seeds": 1}}}}', "'a/b-c' stands there twice"),
    "latin": ('{"ü": 1}', "not well-formed JSON"),
}


@pytest.mark.parametrize("option", ["--prove", "--proven"])
@pytest.mark.parametrize(("text", "says"), BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_named_and_left_as_it_is(
    text: str, says: str, option: str, root: Path, capsys: Capture, asked: dict[str, list[int]]
) -> None:
    path = root / "solutions" / "proofs.json"
    path.write_text(text, encoding="latin-1")
    line = the_line(call(app, "answers", option, capsys=capsys))
    assert str(path) in line and says in line and "make prove" in line
    assert path.read_text(encoding="latin-1") == text and not asked


def test_entries_of_what_is_gone_are_dropped_and_others_stay(
    root: Path, capsys: Capture, asked: dict[str, list[int]]
) -> None:
    (root / "solutions" / "91_other").mkdir()
    (root / "solutions" / "91_other" / "unit.toml").write_text("not read")
    entry = f'{{{GOOD}, "seeds": 200}}'
    names = (f"{UNIT}/micro-gone", "89_gone/gone-cell", "91_other/other-cell")
    (root / "solutions" / "proofs.json").write_text("{" + ", ".join(f'"{n}": {entry}' for n in names) + "}")
    said = call(app, "answers", "90", "--prove", capsys=capsys)
    assert said.code == 0 and f"no longer there, taken out: {names[0]}, {names[1]}" in said.err
    assert list(proofs.read()) == [*KEYS, "91_other/other-cell"]


# What a later run spares ------------------------------------------------------------------------------------------


def test_proven_cells_meet_fresh_seeds_and_all_others_the_full_number(
    root: Path, capsys: Capture, asked: dict[str, list[int]]
) -> None:
    assert call(app, "answers", "--prove", capsys=capsys).code == 0
    assert asked == {DOUBLE: list(range(200)), TOTAL: list(range(200))}
    said = call(app, "answers", "--proven", capsys=capsys)
    assert said.code == 0 and said.err == ""
    fresh = list(range(200, 200 + keep.FRESH))
    assert asked == {DOUBLE: fresh, TOTAL: fresh}
    edit(f"{WORKED}/answers/{TOTAL}/nought.py", "# other\n")(root)
    before = (root / "solutions" / "proofs.json").read_bytes()
    said = call(app, "answers", "--proven", capsys=capsys)
    assert said.code == 0
    assert asked == {DOUBLE: fresh, TOTAL: list(range(200))}
    (line,) = said.err.splitlines()
    assert line.startswith("1 cell new or changed") and KEYS[1] in line and KEYS[0] not in line
    assert "200 seeds" in line and "make prove" in line
    assert (root / "solutions" / "proofs.json").read_bytes() == before
    (root / "solutions" / "proofs.json").unlink()
    assert "2 cells new or changed" in call(app, "answers", "--proven", capsys=capsys).err


def test_fresh_seeds_find_what_the_proof_did_not(root: Path, capsys: Capture, asked: dict[str, list[int]]) -> None:
    """The run is real: a right answer that fails under one of the later seeds is a failure."""
    lucky = "@check('micro-double')\ndef not_always(answer, rng):\n    '''x'''\n    expect.true(rng.random() < 0.5, 'No.')\n"
    edit(f"{WORKED}/hidden.py", f"\n\n{lucky}")(root)
    assert call(app, "answers", "--prove", capsys=capsys).code == 0
    with pytest.MonkeyPatch.context() as patch:
        from autograde.answers.prove import prove_unit

        patch.setattr(keep, "prove_unit", prove_unit)
        said = call(app, "answers", "--proven", "--json", capsys=capsys)
    double, total = json.loads(said.out)
    assert said.code == 1 and double["seeds"] == total["seeds"] == keep.FRESH
    assert any("lost not_always" in reject for reject in double["false_rejects"]) and not total["false_rejects"]


@pytest.mark.parametrize(
    "options",
    [
        ("--prove", "--proven"),
        ("--prove", "--sample"),
        ("--proven", "--nbgrader"),
        ("--again",),
        ("--again", "--proven"),
    ],
)
def test_options_that_do_not_go_together(options: tuple[str, ...], root: Path, capsys: Capture) -> None:
    assert options[0] in the_line(call(app, "answers", *options, capsys=capsys))


def test_an_installed_copy_has_no_proofs(root: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / "requirements.lock").unlink()
    assert "requirements.lock can't be read" in the_line(call(app, "answers", "--prove", capsys=capsys))


def test_the_slow_step_looks_at_the_proofs(tmp_path: Path) -> None:
    (step,) = [step for step in run_checks.SLOW if "--proven" in step.command]
    (tmp_path / "solutions").mkdir()
    without = run_checks.digest(step, tmp_path)
    (tmp_path / "solutions" / "proofs.json").write_text("{}\n")
    assert run_checks.digest(step, tmp_path) != without


def test_the_proofs_of_this_project_can_be_read() -> None:
    known = proofs.read()
    there = {
        proofs.key_of(unit, a.topic) for unit in paths.units_in(run_checks.ROOT / "solutions") for a in read_bank(unit)
    }
    assert known and set(known) <= there
