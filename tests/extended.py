"""A small research folder that an honest person left: registered, run, written, built. No unit, no model.

`honest` makes it anew. Its experiment takes no time: three conditions, five seeds, one measure. Its numbers: ``treated``
minus ``control`` is about 0.43, ``sham`` minus ``control`` about 0 and within the smallest effect.
"""

from __future__ import annotations

import shutil
import textwrap
from pathlib import Path
from typing import Any

from worktest.extend import log as logs
from worktest.extend.draw_process import _draw
from worktest.extend.folder import Research
from worktest.extend.lock import lock_text
from worktest.extend.log import Run, add_run, code_digest, results_digest
from worktest.extend.results import Row, read_results, write_results

NAME = "does-it-hold"
PLAN = '''
title = "Does the gain hold for a stranger"
unit = "01_logit_diff_amplification"
question = """Does treating the toy raise its gain?"""
why = """Whoever audits with it would stop if it does not."""
hypothesis = """The treated toy gains at least 0.2 more than the control, since the treatment adds 0.4."""
smallest_experiment = """Two conditions and a sham one, five seeds each."""
analysis = """Differences paired by seed with a 95 % t interval."""
output = """A paper of four pages and its code."""
output_date = "2027-02-01"
seeds = [1, 2, 3, 4, 5]

[[measure]]
id = "gain"
says = "log10 of how much more often the answer comes"
unit = "log10 of a ratio"

[[condition]]
id = "treated"
role = "treatment"
says = "the toy with the treatment"

[[condition]]
id = "control"
role = "control"
says = "the same toy, not treated"

[[condition]]
id = "sham"
role = "baseline"
says = "a treatment without its active part"

[[comparison]]
id = "main"
measure = "gain"
condition = "treated"
against = "control"
expect = "higher"
smallest_effect = 0.2
says = "what the treatment adds"

[[comparison]]
id = "empty"
measure = "gain"
condition = "sham"
against = "control"
expect = "no difference"
smallest_effect = 0.2
says = "what being treated at all adds"

[[kill]]
id = "too-small"
comparison = "main"
when = "interval below"
value = 0.2
says = "stop and report it"

[[compute]]
what = "all runs"
quantity = 0.1
unit = "CPU hours"
price = 0.0
currency = "USD"
stage = "toy"
at_half = 0.05
source = "own laptop"
checked = "2026-11-27"
'''
EXPERIMENT = '''
"""One run of the toy."""
import random

STEPS = 40


def run(condition, seed):
    noise = random.Random(f"{condition} {seed}")
    base = 1.1 + 0.1 * seed
    if condition == "treated":
        base += 0.4
    spread = 0.06 if condition == "sham" else 0.05
    return {"gain": base + spread * sum(noise.gauss(0, 1) for _ in range(STEPS)) / STEPS**0.5}
'''
PAPER = """# The gain holds for a stranger

Author: A. Learner

## Abstract

Does treating the toy raise its gain? We ran it with 5 seeds against a control. The treated toy gains more than the control,
by {{result main}}. A sham treatment makes no difference {{see empty}}.

## Introduction

Audits rest on such gains [@doe2024]. Whether they hold for a stranger is open. We registered that the gain would be higher by
0.2 or more.

## Method

Three conditions, each run with the seeds 1 to 5: `treated`, `control` and `sham`. All runs took 40 steps.

## Results

The treated toy has a higher gain than the control: the difference is {{result main}} (Figure 1). Its own mean is
{{mean treated:gain}}, the control's {{mean control:gain}}. The kill criterion was not met.

![The treated toy gains more than the control in each of five seeds; a point is a seed, a bar a 95 % interval](figures/main.png)

{{table}}

The sham treatment has no effect, {{result empty}}, so that being treated at all does not explain it.

## Limitations

The toy has one layer and the treatment is known to us, so a stranger would have chosen another one. The strongest objection is
that five seeds of one toy say little about any other. We did not vary the size of the treatment, and the control shares
its noise with nothing.

## Deviations from the registration

{{deviations}}

## Statement of AI use

None was used for the text. A code assistant wrote the figure, and we checked its numbers against the table by hand.

## Reproducing this

{{log}} All numbers come from `results.csv`.
"""
BIB = """@article{doe2024,
  title  = {On Gains},
  author = {Doe, Jane},
  year   = {2024},
}
"""
FIGURES = """
import matplotlib.pyplot as plt


def main(research):
    results = research.results()
    figure, axes = plt.subplots()
    for place, condition in enumerate(("treated", "control", "sham")):
        estimate = results.estimate(condition, "gain")
        values = list(results.values(condition, "gain").values())
        axes.plot([place] * len(values), values, "o", color="0.5")
        axes.errorbar([place + 0.1], [estimate.mean], yerr=estimate.mean - estimate.low, fmt="s", color="black")
    axes.set_xticks(range(3), ["treated", "control", "sham"])
    axes.set_xlabel("condition")
    axes.set_ylabel("gain (log10 of a ratio)")
    axes.set_title("The treated toy gains more")
    return figure
"""


def honest(home: Path, name: str = NAME) -> Research:
    """The whole folder, in the workspace ``home``, with nothing that a check could complain of."""
    research = unbuilt(home, name)
    build(research)
    return research


def copied(folder: Path, home: Path) -> Research:
    """A copy of such a folder in the workspace ``home``."""
    target = home / "research" / folder.name
    shutil.copytree(folder, target)
    (home / ".worktest-workspace").write_text("worktest workspace\n")
    return Research(target, folder.name)


def unbuilt(home: Path, name: str = NAME) -> Research:
    """The same before anything was built from it."""
    research = written(home, name)
    logs.register(research.path, research.plan())
    ran(research)
    return research


def written(home: Path, name: str = NAME) -> Research:
    """The same before it was registered and run."""
    folder = home / "research" / name
    (folder / "unit").mkdir(parents=True)
    (home / ".worktest-workspace").write_text("worktest workspace\n")
    texts = {
        "plan.toml": PLAN, "experiment.py": EXPERIMENT, "work_test.py": "", "unit/world.py": "", "paper.md": PAPER,
        "references.bib": BIB, "figures.py": FIGURES, "reproduce.py": "print('the same')\n", "README.md": "# A toy\n",
    }  # fmt: skip
    for path, text in texts.items():
        (folder / path).write_text(textwrap.dedent(text).lstrip("\n"), encoding="utf-8")
    return Research(folder, name)


def ran(
    research: Research,
    conditions: list[str] | None = None,
    seeds: list[int] | None = None,
    failed: dict[int, str] | None = None,
    pilot: bool = False,
) -> None:
    """What `worktest extend run` does, in this process: rows, and an entry in the log for each condition."""
    folder, plan, failed = research.path, research.plan(), failed or {}
    name = logs.PILOT if pilot else logs.RESULTS
    space: dict[str, Any] = {}
    exec((folder / "experiment.py").read_text(encoding="utf-8"), space)
    rows = {(r.condition, r.seed, r.measure): r for r in read_results(folder, name).rows}
    had, before = {(c, s) for c, s, _ in rows}, results_digest(folder, name)
    chosen, seeds = conditions or [c.id for c in plan.condition], seeds or plan.seeds
    well = [seed for seed in seeds if seed not in failed]
    for condition in chosen:
        for seed in well:
            for measure, value in space["run"](condition, seed).items():
                rows[condition, seed, measure] = Row(condition, seed, measure, value)
    write_results(folder, list(rows.values()), name)
    for condition in chosen:
        add_run(
            folder,
            Run(
                time="", condition=condition, seeds=well, failed={str(s): why for s, why in failed.items()}, seconds=0.5,
                code=code_digest(folder), results=results_digest(folder, name), results_before=before,
                replaced=[s for s in well if (condition, s) in had], pilot=pilot,
            ),
        )  # fmt: skip


def build(research: Research) -> None:
    """What a check looks at of what `worktest extend build` makes: the figure with its description, a pdf, the lock."""
    folder = research.path / "figures"
    folder.mkdir(exist_ok=True)
    space: dict[str, Any] = {}
    exec((research.path / "figures.py").read_text(encoding="utf-8"), space)
    _draw(space["main"], "main", research, results_digest(research.path), folder)
    (research.path / "paper.pdf").write_bytes(b"%PDF-1.4")
    (research.path / "requirements.lock").write_text(lock_text(["matplotlib"]), encoding="utf-8")


def change(research: Research, name: str, old: str, new: str) -> None:
    """Replace a passage of one of its files; fails when it is not there."""
    path = research.path / name
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{name} does not hold {old!r}"
    path.write_text(text.replace(old, new), encoding="utf-8")
