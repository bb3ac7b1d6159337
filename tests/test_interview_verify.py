"""What the build says about a unit's interview.yaml."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from interview_learners import Learner, bank, question

from autograde.build.verify_interview import problems_of_interview
from worktest.units import load_unit

SCRIPT = "# %% [markdown]\n# # Work\n\n# %% [markdown]\n# ## Look at raw answers\n#\n# Text.\n\n# %%\n# # not a heading\nx = 1\n"


@pytest.fixture
def folder(talk_root: Path, tmp_path: Path) -> Path:
    unit = Learner(talk_root, tmp_path / "a").folder
    (unit / "work.nb.py").write_text(SCRIPT)
    return unit


def problems(folder: Path, entries: list[object]) -> list[str]:
    (folder / "interview.yaml").write_text(yaml.safe_dump({"questions": entries}))
    return list(problems_of_interview(folder, load_unit(folder)))


def test_a_whole_bank_has_no_problem_and_no_bank_is_none(folder: Path) -> None:
    assert problems(folder, bank()) == []  # type: ignore[arg-type]
    (folder / "interview.yaml").unlink()
    assert list(problems_of_interview(folder, load_unit(folder))) == []


def test_too_few_questions_and_too_few_bound(folder: Path) -> None:
    found = problems(folder, bank()[:3])  # type: ignore[arg-type]
    assert len(found) == 2 and "3 questions; a unit has at least 16" in found[0] and "at least 8 are" in found[1]


@pytest.mark.parametrize(
    ("change", "says"),
    [({"revisit": {"notebook": "work", "heading": "not a heading"}}, "work has no heading 'not a heading'"),
     ({"revisit": {"notebook": "other", "heading": "Work"}}, "the unit has no notebook 'other'"),
     ({"name": "flavour"}, "the unit has no decision 'flavour'"), ({"id": "least"}, "it is there twice"),
     ({"branches": []}, "exactly two branches, not 0")],
)  # fmt: skip
def test_one_wrong_question_is_named(change: dict[str, object], says: str, folder: Path) -> None:
    wrong = {**question("wrong-one", "decision", "You chose {choice}, why?", name="dose"), **change}
    (line,) = problems(folder, [*bank(), wrong])
    assert (
        says in line and str(change.get("id", "wrong-one")) in line and line.startswith(str(folder / "interview.yaml"))
    )
