"""What a registration hashes: each part of the plan that it holds, alone, and nothing else of the file."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
from extended import PLAN

from worktest.extend.log import register
from worktest.extend.plan import REGISTERED, Plan, digest_of, read_plan
from worktest.units import read_toml

OTHER = {"treatment": "baseline", "control": "baseline", "baseline": "control", "higher": "lower",
         "no difference": "higher", "interval below": "mean below", "toy": "next", "USD": "EUR"}  # fmt: skip
"""Another value for those of which there are few."""


def written(folder: Path, text: str = PLAN) -> dict[str, Any]:
    (folder / "plan.toml").write_text(text, encoding="utf-8")
    return read_toml(folder / "plan.toml")


def places(data: Any, *path: str | int) -> list[tuple[str | int, ...]]:
    """The way to each single value of a plan."""
    if isinstance(data, dict):
        return [place for key, value in data.items() for place in places(value, *path, key)]
    if isinstance(data, list):
        return [place for number, value in enumerate(data) for place in places(value, *path, number)]
    return [path]


def changed(data: dict[str, Any], path: tuple[str | int, ...]) -> dict[str, Any]:
    """A copy with another value in one place."""
    made: Any = copy.deepcopy(data)
    inside = made
    for step in path[:-1]:
        inside = inside[step]
    value = inside[path[-1]]
    inside[path[-1]] = OTHER.get(value, f"{value}x") if isinstance(value, str) else value + 1
    return made


def digest(data: dict[str, Any]) -> str:
    return digest_of(Plan.model_validate(data).registered())


def test_each_value_that_is_registered_changes_the_hash_and_no_other_does(tmp_path: Path) -> None:
    data = written(tmp_path)
    moved = {path: digest(changed(data, path)) != digest(data) for path in places(data)}
    assert len(moved) > 50
    assert {path: moves for path, moves in moved.items() if moves != (path[0] in REGISTERED)} == {}


def test_that_is_every_key_that_a_plan_can_have(tmp_path: Path) -> None:
    data = written(tmp_path)
    for key, field in Plan.model_fields.items():
        parts = data[key] if isinstance(data[key], list) and isinstance(data[key][0], dict) else []
        kind = getattr(field.annotation, "__args__", (None,))[0]
        assert set(parts[0]) == set(kind.model_fields) if parts and kind else key in data, key


@pytest.mark.parametrize(
    "key", [key for key in REGISTERED if key in ("seeds", "measure", "condition", "comparison", "kill")]
)
def test_what_is_added_taken_out_or_put_elsewhere_changes_it_too(key: str, tmp_path: Path) -> None:
    data = written(tmp_path)
    more = [*data[key], 77 if key == "seeds" else {**data[key][0], "id": "another"}]
    made = {digest({**data, key: parts}) for parts in (data[key], more, data[key][1:], more[::-1])}
    assert len(made) == 4


def test_the_question_that_was_asked_is_registered() -> None:
    """By name: whoever takes one out of the list must take it out of docs/extending.md, too."""
    texts = ("question", "hypothesis", "smallest_experiment", "analysis")
    assert (*texts, "seeds", "measure", "condition", "comparison", "kill") == REGISTERED


def test_the_layout_of_the_file_changes_nothing(tmp_path: Path) -> None:
    before = digest(written(tmp_path))
    lines = PLAN.replace("seeds = [1, 2, 3, 4, 5]", "seeds = [\n  1, 2, 3, # three\n  4, 5,\n]").split("\n")
    question = next(line for line in lines if line.startswith("question"))
    lines.remove(question)
    text = "\n".join(["# a comment", *lines]).replace("\nseeds", f"\n{question}\n\nseeds", 1)
    turned = text.replace('measure = "gain"\ncondition = "treated"', 'condition = "treated"\nmeasure = "gain"')
    assert turned != text and turned.count(question) == 1
    assert digest(written(tmp_path, turned)) == before


def test_the_hash_in_the_journal_is_that_of_the_plan(tmp_path: Path) -> None:
    wanted = digest(written(tmp_path))
    made = register(tmp_path, read_plan(tmp_path))
    assert made.digest == wanted == digest_of(made.content) and set(made.content) == set(REGISTERED)
