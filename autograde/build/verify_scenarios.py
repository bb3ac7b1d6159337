"""What ``autograde build --check`` holds the scenarios of an empirical reasoning test to. One line a problem."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from autograde.cases import reference
from autograde.cases.draw import whole_case
from autograde.cases.scenario import PREFIX, load_scenario
from worktest.errors import UserError
from worktest.prompts import defence_of, read_prompts
from worktest.units import UnitInfo


def problems_of_scenarios(folder: Path, info: UnitInfo) -> Iterator[str]:
    """Scenarios that unit.toml does not know, that draw something broken, or that lack a prompt or a reference."""
    paths = sorted(folder.glob(f"{PREFIX}*.py"))
    if not paths and not info.scenarios:
        return
    ids = []
    for path in paths:
        try:
            scenario = load_scenario(path)
        except UserError as error:
            yield str(error)
            continue
        ids.append(scenario.id)
        if path.stem != PREFIX + scenario.id.replace("-", "_"):
            yield f"{path}: it is called {scenario.id!r}; its file's name says something else"
        rng = np.random.default_rng(1)
        for truth in scenario.truths:
            try:
                whole_case(scenario, truth, rng)
            except UserError as error:
                yield f"{path}: {error}"
    if odd := set(ids) ^ set(info.scenarios):
        yield f"{folder / 'unit.toml'}: key 'scenarios' and the files {PREFIX}*.py differ: {', '.join(sorted(odd))}"
    prompts = read_prompts(folder)
    for name in ids:
        if defence_of(prompts, name) is None:
            yield f"{folder / 'prompts.toml'}: no prompt asks for the defence of the scenario {name!r}"
    if old := reference.stale(folder.name):
        yield f"{folder / reference.FILE}: stale for {', '.join(old)}; run `autograde cases fit {folder.name[:2]}`"
