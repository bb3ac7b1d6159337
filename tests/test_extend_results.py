"""A comparison is paired by seed: only seeds that both sides have count, wherever their rows stand."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from test_extend_paper import PLAN

from worktest.extend.plan import read_plan
from worktest.extend.results import (
    Results,
    Row,
    comparison_table,
    condition_table,
    estimate_of,
    named,
    read_results,
    write_results,
)

NOISE = {1: 0.0, 2: 100.0, 3: -50.0, 4: 7.0}
"""What a seed shifts on both sides: as large as to hide the difference from whoever does not pair."""
GAIN = {1: 0.5, 2: 0.4, 3: 0.6, 4: 0.5}


def rows(seeds: tuple[int, ...] = (1, 2, 3, 4), others: tuple[int, ...] = (1, 2, 3, 4)) -> list[Row]:
    one = [Row("stranger", seed, "gain", NOISE[seed] + GAIN[seed]) for seed in seeds]
    return one + [Row("benign", seed, "gain", NOISE[seed]) for seed in others]


def same(found: object, wanted: list[float]) -> None:
    estimate = estimate_of(wanted)
    assert found is not None and estimate is not None
    for part in ("mean", "low", "high", "n"):
        assert getattr(found, part) == pytest.approx(getattr(estimate, part)), part


def test_what_a_seed_shifts_on_both_sides_cancels() -> None:
    found = Results(rows()).difference("stranger", "benign", "gain")
    same(found, list(GAIN.values()))
    assert found is not None and found.low is not None and found.low > 0.3  # unpaired it would reach beyond -100


@pytest.mark.parametrize("draw", range(5))
def test_the_order_of_the_rows_is_nothing(draw: int, tmp_path: Path) -> None:
    mixed = rows()
    random.Random(draw).shuffle(mixed)
    write_results(tmp_path, mixed)
    same(read_results(tmp_path).difference("stranger", "benign", "gain"), list(GAIN.values()))


@pytest.mark.parametrize(
    ("seeds", "others", "both"),
    [((1, 2, 3, 4), (1, 3, 4), (1, 3, 4)), ((1, 2), (1, 2, 3, 4), (1, 2)), ((1, 2, 3), (4, 3, 2), (2, 3))],
)
def test_a_seed_without_its_partner_is_left_out_of_the_difference_alone(
    seeds: tuple[int, ...], others: tuple[int, ...], both: tuple[int, ...], tmp_path: Path
) -> None:
    (tmp_path / "plan.toml").write_text(PLAN, encoding="utf-8")
    plan, results = read_plan(tmp_path), Results(rows(seeds, others))
    known = named(plan, results)
    same(known["main"], [GAIN[seed] for seed in both])
    assert (known["stranger:gain"].n, known["benign:gain"].n) == (len(seeds), len(others))
    assert comparison_table(plan, results)[1][-1] == str(len(both))
    assert [row[-1] for row in condition_table(plan, results)[1:]] == [str(len(seeds)), str(len(others))]


def test_seeds_are_partners_by_their_number_and_not_by_their_place() -> None:
    assert Results(rows((1, 2), (3, 4))).difference("stranger", "benign", "gain") is None
    alone = Results(rows((1, 2), (2, 4))).difference("stranger", "benign", "gain")
    assert alone is not None and alone.mean == pytest.approx(GAIN[2]) and (alone.n, alone.low) == (1, None)


def test_turned_round_it_has_the_other_sign_and_another_measure_is_none_of_it() -> None:
    found = Results([*rows(), Row("stranger", 1, "loss", 1e9), Row("benign", 1, "loss", -1e9)])
    same(found.difference("stranger", "benign", "gain"), list(GAIN.values()))
    same(found.difference("benign", "stranger", "gain"), [-value for value in GAIN.values()])
