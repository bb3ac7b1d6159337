"""Small scenarios for the tests of sittings: forty throws of a coin that is fair, or leans one way or the other."""

from __future__ import annotations

import json
from pathlib import Path

from autograde.cases import reference
from autograde.cases.scenario import load_scenario

UNIT = "91_coins"
_SCENARIO = '''"""A coin: fair, or leaning."""

from functools import cache, partial

import numpy as np

from autograde.cases import stats
from autograde.cases.scenario import Case, Experiment, Number, Reading, Trap

ID, TITLE, MINUTES = "{id}", "Coin {id}", 5
TRUTHS = ("fair", "heads", "tails", "worn")
shares = cache(stats.shares)  # a coin has 41 of them, and a test draws thousands
CHANCE = {{"fair": 0.5, "heads": 0.7, "tails": 0.3, "worn": 0.58}}


def draw(truth, rng):
    throws = (rng.random(40) < CHANCE[truth]).astype(int)
    hits = int(throws.sum())
    share = Number("share", "Share of heads.", hits / 40, 0.001, shares(hits, 40), 0.01,
                   (Trap("That is the other side.", value=1 - hits / 40),))
    count = Number("count", "Heads in all.", hits, 0.1)
    chances = {{"fair": 0.5, "heads": 0.9, "tails": 0.1, "worn": 0.6}}
    return Case(
        truth=truth, brief=f"Forty throws, {{hits}} heads. > I'd say it leans.", tables={{"throws": {{"heads": throws, "weight": throws / 3}}}},
        notes={{"throws": "one row a throw"}}, figures={{"throws": partial(_plot, throws=throws)}},
        explanations={{name: f"The coin is {{name}}." for name in TRUTHS}}, numbers=(share, count),
        experiments=(
            Experiment("more", "Throw it 400 times.", 4.0, "more than half are heads", chances),
            Experiment("weigh", "Weigh it.", 1.0, "it is lighter", {{name: 0.5 for name in TRUTHS}}),
            Experiment("dear", "Throw it 4,000 times.", 40.0, "more than half are heads", chances),
        ),
        cost_unit="hours", features={{"heads": float(hits)}},
        careless=Reading("heads", {{"share": (hits / 40, 0.0, 1.0), "count": (float(hits),)}}, "weigh"),
        discussion=f"There are {{hits}} heads, which the examiner alone explains.",
    )


def _plot(ax, throws):
    ax.plot(throws)
'''
IDS = [f"coin-{letter}" for letter in "abcdefghij"]


def make(root: Path) -> Path:
    """A checkout in ``root`` that holds one unit with ten scenarios; gives its folder in ``solutions``."""
    worked, released = root / "solutions" / UNIT, root / "curriculum" / UNIT
    for folder in (worked, released):
        folder.mkdir(parents=True)
        about = f'title = "Coins"\nstage = "work test"\nminutes = 1\nnotebooks = ["a"]\nscenarios = {json.dumps(IDS)}\n'
        (folder / "unit.toml").write_text(about)
    kept = {"digests": {}, "scenarios": {}}
    for name in IDS:
        path = worked / f"scenario_{name.replace('-', '_')}.py"
        path.write_text(_SCENARIO.format(id=name))
        if name == IDS[0]:
            fitted = reference.fit(load_scenario(path), draws=60).to_json()
        kept["scenarios"][name] = fitted
        kept["digests"][path.name] = reference.digest_of(path)
    (worked / reference.FILE).write_text(json.dumps(kept))
    return worked
