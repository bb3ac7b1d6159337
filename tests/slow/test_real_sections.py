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
    found = asked(model_here, "03_ctrl_z", question)
    assert found["min"] > 0 > found["max"]
    assert found["mixed"] < 0
    assert 0.35 < found["twin"] < 0.65 and found["length"] > 0.95
