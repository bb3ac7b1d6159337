"""Scenarios with drawn truths: nothing gives the truth away, and nobody gains by saying what they don't believe."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import coins
import numpy as np
import pytest
from cli import call, the_line

from autograde.cases import reference, score, words
from autograde.cases.draw import choose, draw, draw_named, whole_case
from autograde.cases.public import CASE, files_of
from autograde.cases.scenario import Number, Trap, load_scenario, problems_of, scenarios_of
from autograde.cases.takers import TAKERS, after
from autograde.cli import app
from worktest import clock, paths
from worktest.cases import record
from worktest.cases.answer import Answer
from worktest.errors import UserError


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    root = tmp_path_factory.mktemp("haus der münzen")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paths, "checkout", lambda: root)
        yield coins.make(root)


def test_the_same_secret_and_nonce_draw_the_same_and_others_do_not(worked: Path) -> None:
    first, again = (draw_named(coins.UNIT, "coin-a", b"secret", "1") for _ in range(2))
    assert files_of(first) == files_of(again) and first.case.truth == again.case.truth
    others = {
        draw_named(coins.UNIT, "coin-a", secret, nonce).case.brief
        for secret, nonce in ((b"x", "1"), (b"secret", "2"), (b"y", "9"))
    }
    assert len(others | {first.case.brief}) > 1
    assert choose(coins.IDS, 4, b"secret", "1") == choose(coins.IDS[::-1], 4, b"secret", "1")


def test_every_truth_is_drawn_as_often(worked: Path) -> None:
    coin = scenarios_of(coins.UNIT)["coin-a"]
    drawn = [draw(coin, seed).case.truth for seed in range(400)]
    assert all(65 < drawn.count(truth) < 140 for truth in coin.truths)


def test_what_a_learner_gets_tells_nothing_of_the_truth(worked: Path) -> None:
    coin = scenarios_of(coins.UNIT)["coin-a"]
    drawn = draw(coin, 3)
    files = files_of(drawn)
    assert set(files) == {CASE, "throws.csv", "throws.png"}
    about = json.loads(files[CASE])
    assert [option["id"] for option in about["explanations"]] == sorted(coin.truths)
    assert not {"truth", "chances", "features", "discussion", "value", "intervals"} & set(
        str(about).replace("'", " ").replace(":", " ").split()
    )
    other = files_of(replace(drawn, case=replace(drawn.case, truth="worn")))
    assert other == files


def test_a_table_keeps_six_digits_and_whole_numbers(worked: Path) -> None:
    lines = files_of(draw(scenarios_of(coins.UNIT)["coin-a"], 3))["throws.csv"].decode().splitlines()
    assert lines[0] == "heads,weight" and set(lines[1:]) == {"0,0", "1,0.333333"}


# Scores ----------------------------------------------------------------------------------------------------------


def believed(**shares: float) -> dict[str, float]:
    return {name: shares.get(name, 0.0) for name in ("fair", "heads", "tails", "worn")}


def test_a_wrong_but_honest_sixty_beats_a_wrong_ninety_nine() -> None:
    honest = score.skill(believed(heads=0.6, fair=0.2, tails=0.1, worn=0.1), "fair")
    sure = score.skill(believed(heads=0.99, fair=0.01), "fair")
    assert (
        sure < honest < 0 == pytest.approx(score.skill(believed(fair=0.25, heads=0.25, tails=0.25, worn=0.25), "fair"))
    )
    assert score.skill(believed(fair=1.0), "fair") == 1


def test_saying_what_one_believes_is_best() -> None:
    rng = np.random.default_rng(1)
    truth = believed(fair=0.5, heads=0.3, tails=0.15, worn=0.05)

    def expected(said: dict[str, float]) -> float:
        return sum(p * score.skill(said, name) for name, p in truth.items())

    for _ in range(200):
        other = dict(zip(truth, rng.dirichlet(np.ones(4)), strict=True))
        assert expected(other) <= expected(truth) + 1e-12


def number() -> Number:
    return Number(
        "gap",
        "The gap.",
        0.04,
        0.002,
        ((0.0, 0.08), (-0.01, 0.09)),
        0.005,
        (Trap("Take differences.", interval=(-0.06, 0.14)),),
    )


@pytest.mark.parametrize(
    ("given", "value", "interval"),
    [((0.04, 0.0, 0.08), True, True), ((0.0415, -0.014, 0.094), True, True), ((0.04, -0.02, 0.08), True, False),
     ((0.05, 0.0, 0.08), False, True), ((), False, False)],
)  # fmt: skip
def test_a_number_is_right_within_what_sound_methods_span(
    given: tuple[float, ...], value: bool, interval: bool
) -> None:
    found = score.of_number(number(), given)
    assert (found["value"], found["interval"], found["says"]) == (value, interval, "")


def test_a_known_wrong_way_is_named() -> None:
    assert score.of_number(number(), (0.04, -0.06, 0.14))["says"] == "Take differences."


def test_the_cheapest_telling_experiment_is_worth_most(worked: Path) -> None:
    case = draw(scenarios_of(coins.UNIT)["coin-a"], 3).case
    beliefs = believed(heads=0.5, tails=0.5)
    points = {e.id: score.of_experiment(case.experiments, e.id, beliefs)[0] for e in case.experiments}
    assert points == {"more": 3.0, "dear": 2.0, "weigh": 0.0}
    same = tuple(replace(e, cost=4.0) for e in case.experiments)
    assert score.of_experiment(same, "dear", beliefs)[0] == score.of_experiment(same, "more", beliefs)[0] == 3.0


@pytest.mark.parametrize(
    ("yes", "no", "came", "points", "says"),
    [(0.9, 0.2, True, 1 + 2 * (1 - 4 * 0.01), ""), (0.9, 0.2, False, 1 + 2 * (1 - 4 * 0.64), ""),
     (0.9, 0.8, True, 2 * (1 - 4 * 0.01), "moved already"), (0.6, 0.6, True, 2 * (1 - 4 * 0.16), "why run it")],
)  # fmt: skip
def test_a_change_of_mind_hangs_together_and_is_held_to_what_came(
    yes: float, no: float, came: bool, points: float, says: str
) -> None:
    answer = Answer({}, believed(heads=0.6, fair=0.4), "heads", "more", yes, no)
    found, said = score.of_mind(answer, "heads", came)
    assert found == pytest.approx(points) and says in " ".join(said) and bool(said) == bool(says)


def test_bayes_is_coherent(worked: Path) -> None:
    case = draw(scenarios_of(coins.UNIT)["coin-a"], 3).case
    beliefs = believed(fair=0.4, heads=0.3, tails=0.2, worn=0.1)
    yes, no = after(case.experiments[0], beliefs, "heads")
    p = sum(beliefs[k] * c for k, c in case.experiments[0].chances.items())
    assert p * yes + (1 - p) * no == pytest.approx(0.3) and no < 0.3 < yes


def test_the_reference_is_calibrated(worked: Path) -> None:
    coin = scenarios_of(coins.UNIT)["coin-a"]
    fitted = reference.fit(coin, draws=300)
    rng, largest, right = np.random.default_rng(8), [], []
    for truth in coin.truths:
        for _ in range(150):
            p = fitted.beliefs(coin.draw(truth, rng))
            largest.append(max(p.values()))
            right.append(max(p, key=p.__getitem__) == truth)
    assert sum(p for p in largest) / len(largest) == pytest.approx(np.mean(right), abs=0.06) and np.mean(right) > 0.5


def test_who_knows_more_gets_more(worked: Path) -> None:
    rng, coin = np.random.default_rng(1), scenarios_of(coins.UNIT)["coin-a"]
    fitted, got = reference.read(coins.UNIT)["coin-a"], dict.fromkeys(TAKERS, 0.0)
    for seed in range(150):
        drawn = draw(coin, seed)
        beliefs = fitted.beliefs(drawn.case)
        for name, taker in TAKERS.items():
            got[name] += score.score(drawn.case, taker(drawn.case, beliefs, rng), beliefs, drawn.outcomes).points
    assert got["informed"] > got["careless"] > got["overconfident"]


# Faults of an author ---------------------------------------------------------------------------------------------


def test_a_case_that_is_not_whole_is_named(worked: Path) -> None:
    coin = scenarios_of(coins.UNIT)["coin-a"]
    case = draw(coin, 3).case
    assert problems_of(coin, case) == []
    short = replace(case, experiments=case.experiments[:2])
    assert "fewer than three experiments" in problems_of(coin, short)[0]
    assert (
        "does not hold the value"
        in problems_of(coin, replace(case, numbers=(replace(number(), value=0.5), case.numbers[1])))[0]
    )
    sure = replace(case.experiments[0], chances={**case.experiments[0].chances, "fair": 1.0})
    assert "between 0 and 1" in problems_of(coin, replace(case, experiments=(sure, *case.experiments[1:])))[0]


def test_a_file_that_lacks_something_is_named(tmp_path: Path) -> None:
    path = tmp_path / "scenario_odd.py"
    path.write_text('ID = "odd"\nTRUTHS = ("a", "b")\n')
    with pytest.raises(UserError, match="defines no TITLE, no MINUTES, no draw"):
        load_scenario(path)
    path.write_text('ID = TITLE = "odd"\nMINUTES = 1\nTRUTHS = ("a", "b")\ndraw = None\n')
    with pytest.raises(UserError, match="names 2 explanations; a scenario has 4"):
        load_scenario(path)


def test_a_changed_scenario_makes_its_reference_stale(worked: Path) -> None:
    assert reference.stale(coins.UNIT) == []
    path = worked / "scenario_coin_b.py"
    before = path.read_text()
    try:
        path.write_text(before + "# changed\n")
        assert reference.stale(coins.UNIT) == ["coin_b"]
    finally:
        path.write_text(before)


def test_an_unknown_scenario_is_one_line(worked: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    line = the_line(call(app, "cases", "show", "91", "nothing", "--out", str(tmp_path), capsys=capsys))
    assert "has no scenario 'nothing'" in line and "coin-a" in line


def test_a_case_can_be_looked_at_by_its_author(
    worked: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    said = call(app, "cases", "show", "91", "coin-a", "--truth", "tails", "--out", str(tmp_path), capsys=capsys)
    key = (tmp_path / "key.md").read_text()
    assert said.code == 0 and "Coin coin-a: tails" in key and "bits" in key and (tmp_path / "throws.png").is_file()


# For a course whose learners have no examiner on their machine ------------------------------------------------------


def test_a_facilitator_draws_and_scores_a_sitting(
    worked: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKTEST_WORKSPACE", str(tmp_path / "kurs"))
    given = tmp_path / "ada"
    said = call(app, "cases", "give", "91", "--out", str(given), "--seen", "coin-a", "--timed", "1h", capsys=capsys)
    assert said.code == 0
    assert "exists already" in the_line(call(app, "cases", "give", "91", "--out", str(given), capsys=capsys))
    (sitting,), problems = record.sittings(given)
    assert not problems and "coin-a" not in sitting.scenarios and sitting.limit == 60 and clock.find(given) is None
    record.start_clock(given, sitting)  # what the learner's own `worktest sit` does first
    for name in sitting.scenarios[:3]:
        about = {"fair": 0.4, "heads": 0.3, "tails": 0.2, "worn": 0.1}
        record.commit(given, sitting, name, {"probabilities": about, "experiment": "more", "if_yes": 0.5, "if_no": 0.3})
    record.declare(given, sitting, "None.")
    said = call(app, "cases", "mark", "91", str(given), capsys=capsys)
    assert said.code == 0 and said.out.count("What made the data") == 4 and said.out.count("You gave no answer") == 1
    assert record.sittings(given)[0][0].grade["counts"] is True
    assert "no sitting that waits" in the_line(call(app, "cases", "mark", "91", str(given), capsys=capsys))


def test_data_without_spread_are_drawn_again(worked: Path) -> None:
    coin = scenarios_of(coins.UNIT)["coin-a"]
    cases = [draw(coin, 3).case for _ in range(2)]
    flat = replace(cases[0], numbers=(replace(cases[0].numbers[0], slack=0.0), cases[0].numbers[1]))
    drawn = iter([flat, flat, cases[1]])
    unlucky = replace(coin, draw=lambda truth, rng: next(drawn))
    assert whole_case(unlucky, "fair", np.random.default_rng(1)) is cases[1]
    broken = replace(coin, draw=lambda truth, rng: flat)
    with pytest.raises(UserError, match="coin-a, truth 'fair': number share: an interval is asked"):
        whole_case(broken, "fair", np.random.default_rng(1))


def test_a_discussion_never_writes_minus_nothing() -> None:
    assert words.tenth(-0.0004) == "0.0" and words.tenth(0.0414) == "4.1"
    assert words.points(replace(number(), value=-0.0001)) == "0.0 points (0.0 to 8.0)"
    assert words.points(number(), ends=False) == "4.0 points"
