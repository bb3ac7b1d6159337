"""The data of the reasoning scenarios: what their script draws, and the facts that the texts rest on."""

import csv
import importlib.util
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
import torch

from autograde.course import released_paths
from autograde.paths import solutions

UNIT = solutions() / "01_logit_diff_amplification"
TABLES = {
    UNIT.name: ["drop.csv", "twins.csv", "zero.csv"],
    "02_cot_amplification": ["judges.csv", "need.csv"],
    "03_ctrl_z": ["attempts.csv", "blue.csv", "red.csv", "retry.csv"],
    "04_agent_memory": ["attack.csv", "frozen.csv", "length.csv", "null_rates.csv"],
}


SAMPLED = {"need.csv"}
"""Tables whose draws come from a model's logits: the last bits of another machine can turn one over."""


ONLY_PRINTED = 1500
"""Sessions of a draw of unit 04 that goes into no table: it takes half a minute, and the tests look at tables."""


@pytest.fixture
def script(tmp_path: Path) -> ModuleType:
    """make_scenarios.py of unit 01, writing into a folder of the test."""
    return load(UNIT.name, tmp_path)


def load(unit: str, tmp_path: Path) -> ModuleType:
    """A unit's make_scenarios.py, writing into a folder of the test."""
    spec = importlib.util.spec_from_file_location("make_scenarios", solutions() / unit / "make_scenarios.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.HERE = tmp_path
    return module


@pytest.mark.parametrize("unit", TABLES)
def test_the_script_draws_the_released_data_again(unit: str, tmp_path: Path) -> None:
    threads = torch.get_num_threads()
    module = load(unit, tmp_path)
    if unit == "04_agent_memory":
        attack = module.attack
        module.attack = lambda seed, n=module.SESSIONS: attack(seed, 1 if n == ONLY_PRINTED else n)
    module.main()
    torch.set_num_threads(threads)
    drawn = sorted((tmp_path / "data").iterdir())
    assert [path.name for path in drawn] == TABLES[unit]
    for path in drawn:
        stored = (solutions() / unit / "data" / path.name).read_text().splitlines()
        again = path.read_text().splitlines()
        other = sum(a != b for a, b in zip(again, stored, strict=True))
        assert other <= (0.01 * len(stored) if path.name in SAMPLED else 0), path.name
        assert Path("data") / path.name in released_paths(solutions() / unit)


@pytest.mark.parametrize("unit", TABLES)
def test_what_drew_the_data_stays_with_the_examiner(unit: str) -> None:
    assert (solutions() / unit / "make_scenarios.py").is_file()
    assert not [path for path in released_paths(solutions() / unit) if path.name.startswith("make_")]


def test_audits_are_part_of_what_they_audit(script: ModuleType) -> None:
    rows, bad = script.drop_rows(np.random.default_rng(3))
    table = dict(zip(script.DROP_COLUMNS, np.array(rows).T, strict=True))
    for run, really in zip(("before", "after"), bad.T, strict=True):
        assert (table[f"audit_bad_{run}"] <= table[f"audited_{run}"]).all()
        assert (table[f"audited_{run}"] <= table[f"refused_{run}"]).all()
        hidden = really - table[f"bad_{run}"]  # bad answers behind the label "refused"
        assert ((hidden >= 0) & (hidden <= table[f"refused_{run}"])).all()


def test_weights_are_probability_ratios(script: ModuleType) -> None:
    """Under the amplified sampler the weights have the mean 1, and weighted hits the true rate."""
    target, amplified, rate = script.zero_world(np.random.default_rng(5))
    np.testing.assert_allclose(np.exp(target).sum(1), 1)
    np.testing.assert_allclose(np.exp(amplified).sum(1), 1)
    expected_weight = np.prod((np.exp(amplified) * np.exp(target - amplified)).sum(1))
    no_hit = np.prod((np.exp(amplified) * np.exp(target - amplified))[:, 1:].sum(1))
    assert expected_weight == pytest.approx(1)
    assert 1 - no_hit == pytest.approx(rate, rel=1e-6)


@pytest.mark.slow
def test_the_steering_tables_are_drawn_again(tmp_path: Path) -> None:
    unit = "05_activation_steering"
    module = load(unit, tmp_path)
    (tmp_path / "world.py").write_bytes((solutions() / unit / "world.py").read_bytes())
    (tmp_path / "weights").symlink_to(solutions() / unit / "weights")
    module.main()
    stored, drawn = solutions() / unit / "data", tmp_path / "data"
    assert (drawn / "judges.csv").read_bytes() == (stored / "judges.csv").read_bytes()
    # measured on the assistant: another machine adds in another order
    tables = [list(csv.DictReader((folder / "mix.csv").open(encoding="utf-8"))) for folder in (stored, drawn)]
    for one, two in zip(*tables, strict=True):
        assert float(one.pop("effect")) == pytest.approx(float(two.pop("effect")), abs=0.03)
        assert one == two
