"""Unit 19: its invented papers add up, since a reader who computes must not find a slip that nobody planted."""

from __future__ import annotations

import math
import re
from statistics import fmean, stdev

import pytest
from scipy import stats

from autograde.paths import solutions
from worktest.prompts import read_prompts

UNIT = solutions() / "19_capstone"


@pytest.fixture(scope="module")
def papers() -> dict[str, str]:
    return {str(sample.level): sample.text for sample in read_prompts(UNIT)["cap-write-up"].sample}


def numbers(text: str) -> list[float]:
    return [float(found) for found in re.findall(r"(?<![\w.])-?\d+(?:\.\d+)?", text)]


def row(text: str, name: str) -> list[float]:
    """The numbers in a table's row."""
    found = re.search(rf"^\| {re.escape(name)} \|(.*)$", text, re.MULTILINE)
    assert found, name
    return numbers(found[1].replace(" to ", " | "))


def test_the_null_result_adds_up(papers: dict[str, str]) -> None:
    text = papers["strong"]
    same = row(text, "same")[0]
    for name in ("single", "different", "shuffled", "told"):
        mean, low, high, difference, below, above = row(text, name)
        assert math.isclose(mean - same, difference, abs_tol=0.051)
        assert math.isclose((low + high) / 2, mean, abs_tol=0.11)
        assert math.isclose((below + above) / 2, difference, abs_tol=0.11)
    runs = numbers(re.findall(r"\d+ runs are in the log: .*?\.", text, re.DOTALL)[0])
    assert runs[0] == runs[1] + runs[3] and runs[1] == 5 * 10 and runs[3] - runs[4] == 5 * 10


def test_the_five_differences_give_the_interval_that_is_printed(papers: dict[str, str]) -> None:
    text = papers["fair"]
    told = re.search(r"in all five assistants: (.*?), in the mean (.*?)\)", text)
    assert told
    values, shown = numbers(told[1].replace("+", "")), numbers(told[2].replace(" to ", " | "))
    half = float(stats.t.ppf(0.975, 4)) * stdev(values) / 5**0.5
    expected = [fmean(values), fmean(values) - half, fmean(values) + half]
    assert [round(value, 2) for value in expected] == shown
    assert math.isclose(row(text, "two layers")[0] - row(text, "one layer")[0], shown[0], abs_tol=0.01)


def test_the_headline_follows_from_its_table(papers: dict[str, str]) -> None:
    text = papers["weak"]
    (given, wrong, share), (fewer, left, after) = row(text, "baseline"), row(text, "MemGuard")
    assert math.isclose(100 * wrong / given, share, abs_tol=0.05) and math.isclose(
        100 * left / fewer, after, abs_tol=0.05
    )
    assert f"**{100 * (1 - (left / fewer) / (wrong / given)):.0f} %**" in text
    reason = next(s for s in read_prompts(UNIT)["cap-write-up"].sample if s.level == "weak").reasons["evidence"]
    assert f"from {given - wrong:.0f} to {fewer - left:.0f}" in reason
