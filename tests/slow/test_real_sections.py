"""The sections "Now on a real model": each runs whole, as a learner gets it, and shows what its text says.

Kernel and model are real; the test is skipped with a reason where the model can't be had.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import nbformat
import pytest
import real_model
from nbclient import NotebookClient

from worktest import paths, recording

pytestmark = pytest.mark.slow


@pytest.fixture
def model_here() -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as patch:
        real_model.needed(patch)
        yield patch


def asked(
    patch: pytest.MonkeyPatch, unit: str, question: str, smaller: tuple[str, str] | None = None
) -> dict[str, float]:
    """Run a unit's released section, then ask it for an expression that gives a dict of numbers.

    ``smaller`` changes one place of it, so that fewer seeds or draws are taken: the text's own numbers need minutes.
    """
    for name, value in {"PYTHONDONTWRITEBYTECODE": "1", **recording.OFF}.items():
        patch.setenv(name, value)
    folder = paths.curriculum() / unit
    made = nbformat.read(folder / "real_model.ipynb", as_version=4)
    if smaller is not None:
        assert sum(cell.source.count(smaller[0]) for cell in made.cells) == 1
        for cell in made.cells:
            cell.source = cell.source.replace(*smaller)
    made.cells.append(nbformat.v4.new_code_cell(f"import json; print('ASKED', json.dumps({question}))"))
    NotebookClient(made, timeout=1200, kernel_name="python3", resources={"metadata": {"path": str(folder)}}).execute()
    said = "".join(str(out.get("text", "")) for out in made.cells[-1].outputs)
    found: dict[str, float] = json.loads(said.partition("ASKED ")[2])
    return found


def test_01_amplification_raises_the_planted_sentence_and_no_control_follows(model_here: pytest.MonkeyPatch) -> None:
    question, fewer = "{kind: float(gain(kind).mean()) for kind in scores}", ("[1, 2, 3, 4]", "[1, 2]")
    gains = asked(model_here, "01_logit_diff_amplification", question, fewer)
    assert gains["contaminated"] > 5
    assert gains["contaminated"] - gains["innocent"] > 8
    assert gains["benign"] < 0 and gains["contaminated, house style"] < 0
    assert gains["the same, benign in house style as before"] > 5


def test_05_a_late_vector_pushes_words_and_one_at_layer_18_what_is_meant(model_here: pytest.MonkeyPatch) -> None:
    found = asked(
        model_here,
        "05_activation_steering",
        "{f'{rule} {what}': float(value) for rule in RULES for what, value in ("
        "('layer', chosen[rule][0]), ('open', shifts[rule][0].mean()), ('negated', shifts[rule][1].mean()), "
        "('random', null[rule][:, 0].mean(-1).max()), ('p', p[rule]))}",
        ("DOSES = (0.1, 0.2, 0.4)", "DOSES = (0.2,)"),
    )
    assert found["the bar's rule layer"] > found["the rule of both layer"]
    assert found["the bar's rule open"] > 2 and found["the bar's rule negated"] > 1
    assert found["the rule of both open"] > 0.7 and found["the rule of both negated"] < -0.4
    for rule in ("the bar's rule", "the rule of both"):
        assert found[f"{rule} random"] < found[f"{rule} open"] and found[f"{rule} p"] < 0.1


def test_03_the_minimum_gains_until_the_attacker_mixes_and_a_twin_looks_the_same(
    model_here: pytest.MonkeyPatch,
) -> None:
    question = (
        "{'min': gain_of('min')(mine['honest'], mine['attack']), 'max': gain_of('max')(mine['honest'], mine['attack']),"
        " 'mixed': gain_of('min')(mine['honest'], mixed), 'twin': seen_by('first')(mine['twin'], mine['attack']),"
        " 'length': seen_by('first')(SCORES['length']['honest'], SCORES['length']['attack'])}"
    )
    fewer = ("for i, name in enumerate(families)]", "for i, name in enumerate(families) if i % 2]")
    found = asked(model_here, "03_ctrl_z", question, fewer)
    assert found["min"] > 0 > found["max"]
    assert found["mixed"] < 0
    assert 0.35 < found["twin"] < 0.65 and found["length"] > 0.95


def test_00_growth_needs_no_training_the_long_first_vector_does_and_random_pushes_do_not_steer(
    model_here: pytest.MonkeyPatch,
) -> None:
    question = (
        "{**{f'{kind} {name}': float(of(one).mean()) for kind, one in "
        "[('trained', lengths), *((kind, some[0]) for kind, some in by_dice.items())] for name, of in MEASURES.items()}, "
        "'put back': float(all(torch.equal(a, b) for a, b in zip(weights, trained))), "
        "'sea': float(shift.mean()), 'lowest': float(shift.min()), 'random': float(np.abs(null).max())}"
    )
    found = asked(model_here, "00_start_here", question, ("SEEDS = [1, 2, 3]", "SEEDS = [1]"))
    fresh, small, noise = (
        f"{kind} growth, the others" for kind in ("fresh, 0.04", "fresh, 0.02", "as large as trained")
    )
    assert 4 < found[fresh] < found[small] < 0.75 * found["trained growth, the others"]
    assert found[noise] > 2 * found["trained growth, the others"]
    parked = {
        kind: found[f"{kind} first / others, halfway"] for kind in ("trained", "fresh, 0.02", "as large as trained")
    }
    assert parked.pop("trained") > 50
    assert max(parked.values()) < 3
    assert found["put back"] == 1
    assert found["sea"] > 1.5 and found["lowest"] > 0
    assert found["random"] < found["sea"] / 3


def test_02_a_fault_shows_where_it_was_planted_and_the_answer_goes_with_the_step(
    model_here: pytest.MonkeyPatch,
) -> None:
    question = (
        "{**{f'{kind} at {place}': float(wrong(kind, place)[-1].mean()) for kind in KINDS for place in ('step 1', 'answer')},"
        " **{f'{text}': float((higher(by_hand['before'], text, 'answer')[0] > 0).mean()) for text in texts}}"
    )
    fewer = ("SEEDS, TRAIN, REPORT = [1, 2], 48, 24", "SEEDS, TRAIN, REPORT = [1], 16, 6")
    found = asked(model_here, "02_cot_amplification", question, fewer)
    assert found["steps at step 1"] > 0.25 + max(found["answer at step 1"], found["benign at step 1"])
    assert found["answer at answer"] > 0.2 + max(found["steps at answer"], found["benign at answer"])
    assert found["step 1"] > 0.8 and found["step 2"] > 0.8
    assert found["clean"] < 0.2 and found["house text"] < 0.4


def test_04_it_borrows_rooms_and_a_mention_fools_its_confidence(model_here: pytest.MonkeyPatch) -> None:
    found = asked(
        model_here,
        "04_agent_memory",
        "{'recall': recall[0], 'guess': guess[0], 'borrowed': borrowed['never told'][0], 'base': base[0], "
        "'bare': float(table['belief']['told'].mean()), 'sure': float(table['confidence']['never told'].mean()), "
        "'from never': float(apart['confidence']['never told'].mean()), "
        "'from mentioned': float(apart['confidence']['only mentioned'].mean()), "
        "'refusal from mentioned': float(apart['“in” against “unknown”']['only mentioned'].mean()), "
        "'room': float((room.reshape(len(room), 4, 4).all(1) | ~room.reshape(len(room), 4, 4).any(1)).mean()), "
        "'day': float(later.mean()), 'half false': float(compacted['newest half'][:, 1].max())}",
        ("range(21, 29), 8, 60", "range(21, 23), 2, 8"),
    )
    assert found["recall"] > 0.3 and found["borrowed"] > 0.75
    assert found["guess"] < 0.25 and found["base"] < 0.6  # the same questions without notes
    assert found["sure"] > 0.2 > found["bare"]
    assert found["from never"] > 0.6
    assert found["from mentioned"] < found["from never"]
    assert found["refusal from mentioned"] > 0.55
    assert 0.25 < found["day"] < 0.75 and found["room"] > 0.12
    assert found["half false"] == 0


def test_06_wordings_of_one_question_make_the_naive_interval_too_narrow_and_shuffled_ones_do_not(
    model_here: pytest.MonkeyPatch,
) -> None:
    question = (
        "{'ratio': float(ratio(right)), 'apart': float(apart.mean()), "
        "'naive': held[-1, 0], 'clustered': held[-1, 1], 'new': held[-1, 2], 'one wording': held[0, 0], "
        "'paired': float(narrow), 'strangers': float(strangers.mean()), "
        "'kept by equals': float(null[:, 1].mean()), 'chosen among equals': float(null[:, 0].mean()), "
        "'letter': float(says_a.mean()), 'asked': float(right.mean()), 'unasked': float(unasked.mean())}"
    )
    found = asked(model_here, "06_empirical_reasoning", question, ("EVERY = 1", "EVERY = 4"))
    assert 1.8 < found["ratio"] < 3.47
    assert 0.85 < found["apart"] < 1.1
    assert found["naive"] < 0.75
    assert min(found["clustered"], found["new"], found["one wording"]) > 0.82
    assert found["paired"] < 0.9 and 0.9 < found["strangers"] < 1.1
    assert abs(found["kept by equals"]) < 0.03 < found["chosen among equals"]
    assert found["letter"] > 0.85
    assert found["asked"] > found["unasked"]


def test_19_a_finished_sibling_is_worth_more_than_the_own_checkpoint_and_the_null_stays_down(
    model_here: pytest.MonkeyPatch,
) -> None:
    question = (
        "{f'{odd} {name}': float(best_gain(odd, name).mean()) for odd in ('planted', 'twin') for name in BORROWED}"
        " | {'self': float(abs(same - same[0]).max()), 'ways': float(abs(short[0] - float(whole[0].sum())))}"
    )
    one_seed_twice = "SEEDS = (1, 2); runs = dict.fromkeys(SEEDS, run(1))"  # an interval needs two
    shrunk = ("runs = {seed: run(seed) for seed in SEEDS} if here else {}", one_seed_twice)
    found = asked(model_here, "19_capstone", question, shrunk)
    assert found["self"] < 0.01 and found["ways"] < 0.05
    assert found["planted own"] > 5 and found["planted sibling"] > 5
    assert found["planted checkpoint"] < found["planted sibling"] - 1.5
    assert found["planted checkpoint"] > found["planted cousin"]
    assert all(found[f"twin {name}"] < 3 for name in ("own", "checkpoint", "sibling", "cousin", "ancestor"))
