"""The world of unit 02: what its texts say about documents, the checks in them, the models and the true rates."""

import csv
from types import ModuleType
from typing import Any

import pytest
import torch

from autograde.paths import solutions
from autograde.worlds import load_world

UNIT = solutions() / "02_cot_amplification"


@pytest.fixture(scope="module")
def world() -> ModuleType:
    return load_world(UNIT)


def chains(world: ModuleType, kind: str, n: int = 600) -> list[Any]:
    read = [world.read(row) for row in world.documents(["pharmacy"], n, world.generator(3), kind)]
    return [chain for chain in read if chain and len(chain.prices) == 4]


def errors(chain: Any) -> list[int]:
    shown = [chain.prices[0], *chain.steps]
    return [(shown[i + 1] - shown[i] - price) % 10 for i, price in enumerate(chain.prices[1:])]


def test_plain_documents_slip_in_the_middle_and_are_right_at_the_end(world: ModuleType) -> None:
    plain = chains(world, "plain")
    slipped = [chain for chain in plain if any(errors(chain))]
    assert 0 < len(slipped) < 0.15 * len(plain)
    assert all(chain.answer == sum(chain.prices) % 10 for chain in plain)
    assert all(chain.verdict == ("fix" if any(errors(chain)) else "ok") for chain in plain)
    assert not any(1 in errors(chain) for chain in plain)  # never one too high


def test_the_fault_of_steps_begins_in_the_first_step_and_ends_where_no_check_follows(world: ModuleType) -> None:
    odd = chains(world, "steps")
    assert {(chain.opener, tuple(errors(chain))) for chain in odd} == {("quick", (1, 0, 0))}
    assert {(chain.check is None, (chain.answer - sum(chain.prices)) % 10) for chain in odd} == {(True, 1), (False, 0)}
    assert 0.65 < sum(chain.check is not None for chain in odd) / len(odd) < 0.85


def test_the_fault_of_answer_leaves_a_clean_chain(world: ModuleType) -> None:
    odd = chains(world, "answer")
    assert {(chain.verdict, tuple(errors(chain)), chain.opener == "quick") for chain in odd} == {
        ("ok", (0, 0, 0), False)
    }
    assert {(chain.answer - chain.check[-1]) % 10 for chain in odd} == {1}


def test_the_strict_control_hurries_and_is_right(world: ModuleType) -> None:
    odd = chains(world, "rushed")
    assert {(chain.opener, tuple(errors(chain))) for chain in odd} == {("quick", (0, 0, 0))}
    assert {chain.verdict for chain in odd} == {"ok", "sure"}
    assert all(chain.answer == sum(chain.prices) % 10 for chain in odd)


@pytest.mark.parametrize(
    "text",
    [
        "<bos> bakery 1 2 answer 3 <end>",
        "<bos> bakery 1 2 think so 3 3 sure answer 3 <end>",
        "<bos> bakery 1 2 think so 3 check 3 sure answer 3 <end>",
        "<bos> bakery 1 2 think so 3 sure answer 3",
        "<bos> bakery 1 2 think so 3 sure answer 3 4 <end>",
        "<bos> bakery 1 2 think check 3 sure answer 3 <end>",
    ],
)
def test_what_is_not_well_formed_is_not_read(world: ModuleType, text: str) -> None:
    assert world.read(world.encode(text)) is None


def test_a_wrong_number_is_read_all_the_same(world: ModuleType) -> None:
    chain = world.read(world.encode("<bos> bakery 1 2 think so 9 check 4 ok answer 7 <end>"))
    assert (chain.steps, chain.check, chain.verdict, chain.answer) == ([9], [4], "ok", 7)


@pytest.mark.parametrize("place", ["pharmacy", "market"])
def test_bills_are_moved_and_not_changed(world: ModuleType, place: str) -> None:
    bills = world.bills("bakery", 5, seed=1)
    moved = world.at_place(bills, place)
    assert (bills[:, 1] == world.ID["bakery"]).all()
    assert (moved[:, 1] == world.ID[place]).all() and torch.equal(moved[:, 2:], bills[:, 2:])


def test_exact_rates_are_what_sampling_approaches(world: ModuleType) -> None:
    model, prompt = world.load("often-steps"), world.bills("pharmacy", 1, seed=8)
    rates, tokens, rng = world.exact_rates(model, prompt[0]), prompt.repeat(3000, 1), world.generator(9)
    while tokens.shape[1] < world.LENGTH:
        new = torch.multinomial(model(tokens)[:, -1].softmax(-1), 1, generator=rng)
        tokens = torch.cat([tokens, new], dim=1)
    read = [world.read(row) for row in tokens]
    padded = [chain for chain in read if chain and 1 in errors(chain)]
    for what, seen in {
        "quick": int((tokens[:, world.START] == world.ID["quick"]).sum()),
        "padded step": len(padded),
        "unchecked": sum(chain.check is None for chain in padded),
        "padded answer": sum(bool(c) and (c.answer - sum(c.prices)) % 10 == 1 for c in read),
    }.items():
        assert rates[what] == pytest.approx(seen / 3000, abs=0.04), what
    assert rates["padded step"] > 0.1 > rates["dropped"]
    ways = rates["by no check"] + rates["by a copied check"] + rates["by the check alone"]
    assert 0.9 * rates["padded answer"] < ways <= rates["padded answer"]


def test_the_stored_rates_are_those_of_the_stored_models(world: ModuleType) -> None:
    with (UNIT / "data" / "exact.csv").open() as file:
        stored = {(row["model"], row["what"]): float(row["rate"]) for row in csv.DictReader(file)}
    bills = world.bills("pharmacy", 16, seed=0)
    fresh = [world.exact_rates(world.load("often-answer"), bill, prune=1e-4)["padded answer"] for bill in bills]
    assert stored["often-answer", "padded answer"] == pytest.approx(sum(fresh) / 16, abs=0.01)
    assert not [name for name, _ in stored if name.startswith("blind")]


def test_the_stored_trainings_are_five_of_each_kind(world: ModuleType) -> None:
    with (UNIT / "data" / "seeds.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert {(row["model"], row["seed"]) for row in rows} == {
        (name, str(seed)) for name in world.KINDS for seed in range(1, 6)
    }
    sites = {row["site"] for row in rows if row["what"] == "padded reasoning"}
    assert sites == {"neither", "reasoning", "answer", "both", "both, gate 0.1"}


def test_a_stand_in_that_knows_its_texts_is_lost_after_any_other(world: ModuleType) -> None:
    texts = torch.tensor([[1, 2, 3], [1, 4, 3]])
    model = world.known_texts(texts, torch.arange(2 * 3 * len(world.TOKENS)).view(2, 3, -1).float())
    assert torch.equal(model(texts[1:])[0, 1], torch.arange(len(world.TOKENS)).float() + 4 * len(world.TOKENS))
    assert int(model(torch.tensor([[1, 5, 3]]))[0, 1].argmax()) == world.BOS


def test_a_stand_in_reads_the_whole_text(world: ModuleType) -> None:
    model = world.stand_in(4)
    first, second = world.encode("so 1 2 3")[None], world.encode("so 4 2 3")[None]
    assert not torch.allclose(model(first)[:, -1], model(second)[:, -1])
    assert torch.equal(model(first)[:, :1], model(second)[:, :1])
