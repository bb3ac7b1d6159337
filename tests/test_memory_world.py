"""The world of unit 04: what its texts say about houses, writers, stores, the recall transformers and the attack."""

import csv
import random
from collections import Counter
from types import ModuleType
from typing import Any

import pytest
import torch

from autograde.paths import solutions
from autograde.worlds import load_world

UNIT = solutions() / "04_agent_memory"


@pytest.fixture(scope="module")
def world() -> ModuleType:
    return load_world(UNIT)


@pytest.fixture(scope="module")
def runs(world: ModuleType) -> dict[str, list[Any]]:
    return {writer: [world.run(house, writer, 3) for house in world.houses(60, 3)] for writer in world.WRITERS}


def test_a_trial_keeps_to_its_steps_and_opens_nothing_twice(world: ModuleType) -> None:
    dice = random.Random(1)
    for house in world.houses(50, 2):
        trial = world.attempt(house, dice, first="attic-shelf")
        walked = [*trial.opened, *([trial.locked] if trial.locked else []), *([house.place] if trial.solved else [])]
        assert len(set(walked)) == len(walked) <= world.STEPS
        assert trial.solved <= (house.obstacle == "none")


def test_the_nine_rooms_are_a_grid(world: ModuleType) -> None:
    assert world.steps_between("hall-drawer", "hall-shelf") == 0
    assert world.steps_between("hall-drawer", "kitchen-shelf") == 1
    assert world.steps_between("hall-drawer", "garage-shelf") == 4


def test_no_memory_helps_behind_a_lock(runs: dict[str, list[Any]]) -> None:
    for of in runs.values():
        hopeless = [run for run in of if run.house.obstacle != "none"]
        assert hopeless
        assert all(run.solved_at is None and len(run.trials) == 10 for run in hopeless)


def test_the_first_trial_is_the_same_for_every_writer(runs: dict[str, list[Any]]) -> None:
    for same in zip(*runs.values(), strict=True):
        assert len({run.trials[0] for run in same}) == 1


def test_only_two_writers_write_and_once_a_failed_trial(runs: dict[str, list[Any]]) -> None:
    for writer, of in runs.items():
        for run in of:
            failed = sum(not trial.solved for trial in run.trials)
            assert len(run.reflections) == (failed if writer in ("self-diagnosis", "record") else 0)


def test_the_record_opens_nothing_again_before_it_has_opened_all(runs: dict[str, list[Any]], world: ModuleType) -> None:
    for run in runs["record"]:
        seen: list[str] = []
        for trial in run.trials:
            now = [*trial.opened, *([trial.locked] if trial.locked else [])]
            if len(seen) < len(world.PLACES):
                assert not set(now) & set(seen)
            else:
                seen = []
            seen += now


def test_what_a_diagnosis_claims_stands_in_its_text(runs: dict[str, list[Any]]) -> None:
    found = Counter(r.kind for run in runs["self-diagnosis"] for r in run.reflections)
    assert set(found) == {"object", "place", "locked"}
    assert all(r.value in r.text for run in runs["self-diagnosis"] for r in run.reflections)


def test_an_agent_without_doubt_says_one_thing(world: ModuleType) -> None:
    for house in world.houses(20, 5):
        run = world.run(house, "self-diagnosis", 1, stubborn=1.0)
        assert len({(r.kind, r.value) for r in run.reflections}) <= 1


def test_a_summary_covers_a_kind_and_names_its_sources(world: ModuleType) -> None:
    records = [world.Record(0, "mug", "hall-shelf", 1), world.Record(1, "bowl", "hall-shelf", 2)]
    records += [world.Record(2, "plate", "bath-drawer", 3), world.Record(3, "key", "attic-shelf", 4)]
    dishes, small = world.summarise(records)
    assert (dishes.subject, dishes.place, dishes.how, dishes.sources) == ("dishes", "hall-shelf", "summary", (0, 1, 2))
    assert (small.subject, small.place) == ("small", "attic-shelf")
    assert world.read([dishes], "spoon") == "hall-shelf"
    assert world.read([dishes, records[2]], "plate") == "bath-drawer"
    assert world.read([dishes], "hat") == "unknown"
    assert [record.id for record in world.forget(records, 2)] == [2, 3]


def test_a_context_that_is_too_long_is_refused(world: ModuleType) -> None:
    _, records = world.household(13, random.Random(0))
    with pytest.raises(ValueError, match="at most 12"):
        world.to_prompts([records], ["mug"])


@pytest.mark.parametrize(("name", "unknown"), [("plain", 0.0), ("abstaining", 0.3)])
def test_the_stored_transformers_have_learned_their_documents(world: ModuleType, name: str, unknown: float) -> None:
    docs = world.documents(300, random.Random(9), unknown)
    asked = world.PROMPT_LEN - 1 + 3 * torch.arange(world.QUESTIONS)
    best = world.load(name)(docs[:, :-1])[:, asked].argmax(-1)
    assert (best == docs[:, asked + 1]).float().mean() > 0.97
    share = (docs[:, asked + 1] == world.ID["unknown"]).float().mean().item()
    assert share == pytest.approx(unknown, abs=0.06)


def test_probabilities_of_answers_add_up(world: ModuleType) -> None:
    _, records = world.household(5, random.Random(3))
    probs = world.answer_probs(world.load("plain"), world.to_prompts([records], ["mug"]))
    assert probs.shape == (1, 19)
    assert probs.sum().item() == pytest.approx(1)


def test_word_order_does_not_count_in_an_embedding(world: ModuleType) -> None:
    one, two, three = world.embed(["bring the mug", "the mug bring", "bring the hat"])
    assert torch.allclose(one, two, atol=1e-6)
    assert one.norm().item() == pytest.approx(1, abs=1e-5)
    assert (one @ three).item() < 0.95
    assert world.embed([]).shape == (0, 64)


def test_the_plan_is_what_most_memories_say(world: ModuleType) -> None:
    bad, good = world.Memory("x", world.TRAP, poisoned=True), world.Memory("y", "hall-shelf")
    assert world.plan([bad, good, good]) == "hall-shelf"
    assert world.plan([bad, good]) == world.TRAP
    assert world.plan([]) is None
    assert Counter(m.poisoned for m in world.poison("mug", 3, random.Random(0))) == {True: 3}


def test_an_unknown_writer_is_refused(world: ModuleType) -> None:
    with pytest.raises(ValueError, match="no writer 'diary'"):
        world.run(world.houses(1, 0)[0], "diary", 0)


def test_nothing_touches_the_global_state(world: ModuleType) -> None:
    torch.manual_seed(5)
    random.seed(5)
    before = torch.get_rng_state(), random.getstate()
    world.new_model(1, d_model=16)
    world.load("plain")
    world.run(world.houses(1, 0)[0], "record", 0)
    world.embed(["a new word: zyx"])
    assert torch.equal(before[0], torch.get_rng_state())
    assert before[1] == random.getstate()


def test_five_seeds_are_measured() -> None:
    with (UNIT / "data" / "seeds.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    quantities = {row["quantity"] for row in rows}
    assert len(rows) == 5 * len(quantities)
    assert {"plain: confident on absent", "solved by trial 10: no memory"} <= quantities
