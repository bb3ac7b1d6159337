"""The check of a research folder: each fault planted alone is named, and nothing else."""

from __future__ import annotations

import pytest
from extended import change
from faults import FAULTS, Plant, lines, plan

from worktest.extend import log as logs
from worktest.extend.check import findings
from worktest.extend.folder import Research


@pytest.mark.parametrize(("kind", "says", "plant"), [fault[1:] for fault in FAULTS], ids=[fault[0] for fault in FAULTS])
def test_a_fault_is_found_and_nothing_else(research: Research, kind: str, says: str, plant: Plant) -> None:
    plant(research)
    found = findings(research)
    assert {one.kind for one in found} == {kind}, lines(found)
    assert says in lines(found), lines(found)
    assert all(one.where and one.todo and "\n" not in lines([one]) for one in found)


def test_an_expectation_can_not_be_changed_afterwards(research: Research) -> None:
    plan('expect = "higher"', 'expect = "lower"')(research)
    change(research, "plan.toml", 'expect = "lower"', 'expect = "higher"')
    logs.deviate(research.path, "The plan now expects more.", "It came so.")
    logs.register(research.path, research.plan())
    found = findings(research)
    assert [one.kind for one in found] == ["overclaim"] and "lower was registered" in lines(found)


BUILT_UP = (
    ("The sham treatment improves the gain {{see empty}}.", "overclaim", "holds zero"),
    ("The control has a higher gain than the treated toy {{see main}}.", "overclaim", "against the sign"),
    ("The difference is 0.14 {{see main}}.", "number", "mean of main, 0.41"),
    ("The difference is 0.45 {{see main}}.", "number", "nearest result: "),
    ("A share of 57 % was above it {{see main}}.", "number", "57 %"),
    ("Treatment reduces the gain of other toys.", "claim", "reduces"),
    ("The treated toy differs from it by 0.03 {{see main}}.", "number", "0.03"),
    ("The gain never falls {{see main}}.", "overclaim", "never"),
)


@pytest.mark.parametrize(("sentence", "kind", "says"), BUILT_UP)
def test_a_sentence_that_says_too_much_is_found_with_its_line(
    research: Research, sentence: str, kind: str, says: str
) -> None:
    change(research, "paper.md", "## Limitations", f"{sentence}\n\n## Limitations")
    place = (research.path / "paper.md").read_text().split("\n").index(sentence) + 1
    found = findings(research)
    assert {one.kind for one in found} == {kind}, lines(found)
    assert says in lines(found) and found[0].where == f"paper.md, line {place}"
