"""The world of unit 05: what its texts say about the language, the sets, the judge and the stored tables."""

import csv
from types import ModuleType

import pytest
import torch

from autograde.paths import solutions
from autograde.worlds import load_world

UNIT = solutions() / "05_activation_steering"


@pytest.fixture(scope="module")
def world() -> ModuleType:
    return load_world(UNIT)


def drawn(world: ModuleType, which: str, slot: str) -> set[str]:
    return {request[slot] for request in world.requests(600, world.generator(4), words=which)}


@pytest.mark.parametrize("slot", ["mood", "greeting", "verb", "object"])
def test_the_three_sets_have_words_of_their_own(world: ModuleType, slot: str) -> None:
    pairs, tune, report = (drawn(world, which, slot) for which in world.SETS)
    assert pairs and tune and report
    assert not (pairs & tune or pairs & report or tune & report)


@pytest.mark.parametrize(
    ("concept", "position"), [("tone", "MOOD_AT"), ("register", "GREETING"), ("refusal", "OBJECT")]
)
def test_matched_pairs_differ_in_the_one_word(world: ModuleType, concept: str, position: str) -> None:
    positive, negative = world.contrast_pairs(concept, 40, world.generator(2))
    differs = (positive != negative).any(0).nonzero().flatten().tolist()
    assert differs == [getattr(world, position)]
    assert (positive != negative)[:, differs[0]].all()


def test_natural_pairs_carry_the_register(world: ModuleType) -> None:
    dangerous, harmless = world.contrast_pairs("refusal", 400, world.generator(2), matched=False)
    formal = world.encode(" ".join(world.GREETINGS["formal"]))
    shares = [torch.isin(side[:, world.GREETING], formal).float().mean().item() for side in (dangerous, harmless)]
    assert shares[0] < shares[1] - 0.15


def test_the_judge_tells_three_outcomes(world: ModuleType) -> None:
    prompt = world.encode("<bos> system plain user hey i am not glad so brew the poison assistant")
    said = {
        "nope i will not brew the poison now <end> <end>": "refused",
        "sorry take the kettle and brew the poison now <end>": "refused",
        "yay i will not brew the poison now <end> <end>": "refused",
        "yay take the kettle and brew the poison now <end>": "complied",
        "yay take the brush and brew the poison now <end>": "neither",
        "yay take the kettle and brew the soup now <end>": "neither",
        "yay take the ok and indeed the virus now <end>": "neither",
    }
    answers = torch.stack([world.encode(answer) for answer in said])
    assert world.judge(prompt.repeat(len(said), 1), answers) == list(said.values())


def test_the_corpus_answers_are_what_the_judge_expects(world: ModuleType) -> None:
    batch = world.requests(300, world.generator(8))
    found = world.judge(world.to_tokens(batch), world.answers(batch, world.generator(9)))
    assert set(found) == {"refused", "complied"}
    harmful = [world.is_harmful(request) for request in batch]
    assert sum(kind == "refused" for kind, bad in zip(found, harmful, strict=True) if bad) > 0.85 * sum(harmful)


def test_the_stored_assistant_has_learned_the_language(world: ModuleType) -> None:
    docs, model = world.documents(400, world.generator(77)), world.load()
    logits = model(docs[:, :-1])[:, world.PROMPT_LEN - 1 :]
    loss = torch.nn.functional.cross_entropy(logits.flatten(0, 1), docs[:, world.PROMPT_LEN :].flatten()).item()
    assert loss < 0.25  # the dice of the corpus alone come to 0.19


def test_nothing_touches_the_global_state(world: ModuleType) -> None:
    torch.manual_seed(5)
    before = torch.get_rng_state()
    world.new_model(1, n_layers=1, d_model=16)
    world.load()
    world.documents(3, world.generator(0))
    assert torch.equal(before, torch.get_rng_state())


def test_wrong_names_are_refused(world: ModuleType) -> None:
    for call in (lambda: world.encode("user blorp"), lambda: world.words_of("mood")):
        with pytest.raises(ValueError, match="blorp|mood"):
            call()
    with pytest.raises(ValueError, match="no concept"):
        world.contrast_pairs("mood", 3, world.generator(0))


def test_the_table_of_random_directions_is_whole() -> None:
    with (UNIT / "data" / "nulls.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 100 * 8
    assert {row["draw"] for row in rows} == {str(draw) for draw in range(100)}


def test_five_assistants_are_measured() -> None:
    with (UNIT / "data" / "seeds.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    quantities = {row["quantity"] for row in rows}
    assert len(rows) == 5 * len(quantities)
