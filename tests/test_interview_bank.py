"""interview.yaml: what may stand in it, and what is said when something else does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from interview_learners import Learner, bank, question

import worktest
from worktest.errors import UserError
from worktest.interview.bank import BOUND, read_bank
from worktest.units import UnitInfo, load_unit


@pytest.fixture
def info(talk_root: Path, tmp_path: Path) -> UnitInfo:
    return load_unit(Learner(talk_root, tmp_path / "home").folder)


def read(tmp_path: Path, entries: Any, info: UnitInfo) -> tuple[list[str], list[str]]:
    path = tmp_path / "interview.yaml"
    path.write_text(yaml.safe_dump({"questions": entries}))
    found = read_bank(path, info)
    return [q.id for q in found.questions], found.problems


def test_a_good_bank_is_read_whole(tmp_path: Path, info: UnitInfo) -> None:
    ids, problems = read(tmp_path, bank(), info)
    assert problems == [] and ids == [entry["id"] for entry in bank()]


BAD = {
    "two branches": ({"branches": [{"went": "I gave data", "ask": "And then what?"}]}, "key 'branches'"),
    "three branches": ({"branches": [{"went": "I gave data", "ask": "And then what?"}] * 3}, "exactly two branches, not 3"),
    "unknown key": ({"eval": "1 + 1"}, "key 'eval'"),
    "unknown condition": ({"when": {"python": "True"}}, "key 'when.python'"),
    "condition of another kind": ({"when": {"outcome": "hit"}}, "'outcome' does not belong"),
    "attribute": ({"ask": "You chose {choice.__class__}, why?"}, "there is no field {choice.__class__} here"),
    "no field": ({"ask": "You chose {Choice!r}, why?"}, "braces hold a field"),
    "field of another kind": ({"ask": "You measured {measured}, why?"}, "there is no field {measured} here"),
    "unknown field elsewhere": ({"ask": "You chose {control.secret}, why?"}, "there is no field {control.secret} here"),
    "field in a branch": ({"branches": [{"went": "I gave data", "ask": "And {nothing} then?"}] * 2}, "'branches.1.ask'"),
    "no such decision": ({"name": "flavour"}, "the unit has no decision 'flavour'"),
    "no such entry": ({"ask": "At {flavour.choice}, why {choice}?"}, "the unit has no decision 'flavour'"),
    "no name": ({"name": None}, "needs a name"),
    "unknown kind": ({"about": "gossip"}, "key 'about'"),
    "no weight": ({"weight": 0}, "key 'weight'"),
    "no ask": ({"ask": "Why?"}, "key 'ask'"),
    "odd type": ({"looks_for": 7}, "key 'looks_for'"),
    "no place": ({"revisit": {"notebook": "work"}}, "key 'revisit.heading'"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_one_line_names_file_question_and_key(case: str, tmp_path: Path, info: UnitInfo) -> None:
    change, says = BAD[case]
    wrong = {**question("wrong-one", "decision", "You chose {choice}, why?", name="dose"), **change}
    ids, problems = read(tmp_path, [wrong, *bank()], info)
    assert len(ids) == len(bank()), "the other questions stay"
    (line,) = problems
    assert line.startswith("interview.yaml: question 'wrong-one': ") and says in line and "\n" not in line


def test_the_same_id_twice_counts_once(tmp_path: Path, info: UnitInfo) -> None:
    ids, problems = read(tmp_path, [*bank(), bank()[0]], info)
    assert ids.count("dose-why") == 1 and "twice" in problems[0]


@pytest.mark.parametrize("entry", [3, None, ["a"], "text", {"id": "\x1b[31mred"}])
def test_an_entry_of_another_kind_is_named(entry: Any, tmp_path: Path, info: UnitInfo) -> None:
    ids, problems = read(tmp_path, [entry, *bank()], info)
    assert len(ids) == len(bank()) and len(problems) == 1 and "\x1b" not in problems[0]


@pytest.mark.parametrize(
    ("text", "says"),
    [("questions: [", "not well-formed YAML at line"), ("- a\n", "key 'questions'"), ("questions: {}\n", "key 'questions'"),
     ("x: !!python/object/apply:os.system ['true']", "not well-formed YAML"), ("", "key 'questions'")],
)  # fmt: skip
def test_a_damaged_file_is_one_line(text: str, says: str, tmp_path: Path, info: UnitInfo) -> None:
    path = tmp_path / "interview.yaml"
    path.write_text(text)
    with pytest.raises(UserError, match=says) as error:
        read_bank(path, info)
    assert str(path) in str(error.value) and "\n" not in str(error.value)


def test_a_missing_file_is_one_line(tmp_path: Path, info: UnitInfo) -> None:
    with pytest.raises(UserError, match="no interview yet"):
        read_bank(tmp_path / "interview.yaml", info)


def test_the_bank_of_unit_01_is_whole() -> None:
    folder = Path(worktest.__file__).parent.parent / "solutions" / "01_logit_diff_amplification"
    if not folder.is_dir():
        pytest.skip("installed without the worked units")
    guessed = ["rollouts-needed", "rate-at-3", "spread", "effective-samples", "path-factor"]
    names = {
        "predictions": guessed,
        "decisions": ["alpha", "metric", "rollouts", "control"],
        "results": [*guessed, "plain-rate", "control-rate", "estimated-rate"],
    }
    found = read_bank(folder / "interview.yaml", load_unit(folder).model_copy(update=names))
    assert found.problems == []
    assert len(found.questions) >= 20 and sum(q.about in BOUND for q in found.questions) >= 12
    for kind, all_names in names.items():
        asked = {q.name for q in found.questions if f"{q.about}s" == kind or f"{q.when.missing}s" == kind}
        assert asked >= set(all_names) or kind == "results", f"no question about some of the {kind}"
