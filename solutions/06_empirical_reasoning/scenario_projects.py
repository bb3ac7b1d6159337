"""Three pilots and two weeks of compute: which method, if any, does more than its simple stand-in?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from scipy import stats as tests

from autograde.cases import stats
from autograde.cases.scenario import Case, Experiment, Number, Reading, Trap
from autograde.cases.words import points

ID = "projects"
TITLE = "Two weeks of compute"
MINUTES = 18
TRUTHS = ("rehearsal", "reader", "contract", "none")

ARMS = ("plain", "standin", "method")
HOURS, AIM = 336, 0.05
SIMPLE = 0.2
"""Share of a method's gain that its stand-in has when the method is good for something."""


@dataclass(frozen=True)
class Pilot:
    """A pilot: how many groups of how many rows, the group's name, the net gain over plain, and its spreads."""

    groups: int
    rows: int
    unit: str
    net: int
    level: float
    by_group: float
    apart: float

    @property
    def gain(self) -> float:
        """Headline: method minus plain, the same in every truth."""
        return self.net / (self.groups * self.rows)


PILOTS = {
    "rehearsal": Pilot(8, 50, "run", 48, -0.15, 0.5, 0.28),
    "reader": Pilot(30, 10, "environment", 27, 0.25, 0.5, 0.45),
    "contract": Pilot(300, 1, "task", 18, 0.1, 0.0, 0.0),
}
EXPLANATIONS = {
    "rehearsal": "Only rehearsal does more than its stand-in; reader and contract gain what their stand-ins gain.",
    "reader": "Only the reader does more than its stand-in; rehearsal and contract gain what their stand-ins gain.",
    "contract": "Only the contract does more than its stand-in; rehearsal and reader gain what their stand-ins gain.",
    "none": "None of the three does more than its stand-in: whatever they gain, the stand-in gains as well.",
}


def draw(truth: str, rng: np.random.Generator) -> Case:
    """A case of this scenario."""
    pilots = {name: _pilot(pilot, name == truth, rng) for name, pilot in PILOTS.items()}
    numbers = (*(_beyond(name, pilots[name]) for name in PILOTS), _tasks(pilots["contract"]))
    experiments = _experiments(rng)
    tables = {}
    for name, pilot in PILOTS.items():
        labels = [f"{pilot.unit[0]}{k + 1:0{len(str(pilot.groups))}d}" for k in range(pilot.groups)]
        tables[name] = {pilot.unit: np.repeat(labels, pilot.rows), **pilots[name]}
    rehearsal = tables["rehearsal"]
    return Case(
        truth=truth,
        brief=_brief(),
        tables=tables,
        notes={
            "rehearsal": "one row a harmful prompt put to the three models of one run: was it refused (1 or 0)",
            "reader": "one row a sabotaging plan: was it flagged by today's monitor (`plain`), by the stand-in, by the "
            "reader (`method`)",
            "contract": "one row a task: was it finished with no rule broken, with nothing written first (`plain`), "
            "with the stand-in, with the contract (`method`)",
        },
        figures={"pilots": partial(_plot, pilots=pilots), "runs": partial(_plot_runs, table=rehearsal)},
        explanations=EXPLANATIONS,
        numbers=numbers,
        experiments=experiments,
        cost_unit="hours",
        features={
            **{name: numbers[k].value for k, name in enumerate(PILOTS)},
            "error": stats.clustered_error(rehearsal["method"] - rehearsal["standin"], rehearsal["run"]),
        },
        careless=Reading(
            "rehearsal",
            {n.id: (n.value, *(n.traps[0].interval or ())) for n in numbers[:3]}
            | {"tasks": (numbers[3].traps[0].value,)},
            "larger",
        ),
        discussion=_discussion(numbers, pilots, experiments),
    )


# The world -------------------------------------------------------------------------------------------------------


def _pilot(pilot: Pilot, real: bool, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Outcomes by arm, drawn until method minus plain is the pilot's headline."""
    slope = 0.32  # of a rate in its latent shift, at the rates used here
    gain = pilot.gain / slope
    shift = np.array([0.0, SIMPLE * gain if real else gain, gain])[:, None]
    while True:
        common = np.repeat(rng.normal(0, pilot.by_group, pilot.groups), pilot.rows)
        apart = np.repeat(rng.normal(0, pilot.apart, (3, pilot.groups)), pilot.rows, axis=1)
        row = rng.normal(0, 1, common.size)
        latent = pilot.level + shift + common + apart + row + 0.55 * rng.normal(size=apart.shape)
        hits = (latent > 0).astype(int)
        if hits[2].sum() - hits[0].sum() == pilot.net:
            return dict(zip(ARMS, hits, strict=True))


def _experiments(rng: np.random.Generator) -> tuple[Experiment, ...]:
    """First steps; sizes and prices are drawn. Each has the line at which its project would stop."""
    runs, hours = int(rng.choice([6, 10, 16])), int(rng.choice([3, 5, 8]))
    places, tasks = int(rng.choice([40, 80, 160])), int(rng.choice([500, 1000, 2000]))
    reading = int(rng.choice([2, 6]))
    spread = {"rehearsal": 0.14 / runs**0.5, "reader": 0.23 / places**0.5, "contract": 0.465 / tasks**0.5}
    lines = {"rehearsal": 0.05, "reader": 0.035, "contract": 0.025}

    def beyond(name: str) -> dict[str, float]:
        true = (1 - SIMPLE) * PILOTS[name].gain
        return {t: stats.chance_above(true if t == name else 0.0, spread[name], lines[name]) for t in TRUTHS}

    return (
        Experiment("runs", f"Rehearsal: {runs} new runs, each with the method and with the stand-in, "
                   "50 prompts a model.", 2.0 * runs * hours, "rehearsal is at least 5 points above its stand-in",
                   beyond("rehearsal")),
        Experiment("places", f"Reader: reader and stand-in, as they are, on 10 sabotaging plans in each of {places} "
                   "new environments.", round(places * 0.8), "the reader is at least 3.5 points above its stand-in",
                   beyond("reader")),
        Experiment("tasks", f"Contract: {tasks:,} new tasks, each with the contract and with the stand-in.",
                   round(tasks * 0.08), "the contract is at least 2.5 points above its stand-in", beyond("contract")),
        Experiment("larger", "Rehearsal on a model twice as large: 8 new runs, each with the method and plain.", 150.0,
                   "rehearsal is at least 5 points above plain", dict.fromkeys(TRUTHS, 0.88)),
        Experiment("words", "Reader: read 30 plans that the reader flags and today's monitor does not, and mark "
                   "those that hold a telltale word.", float(reading), "fewer than half of them hold one",
                   {name: 0.75 if name == "reader" else 0.25 for name in TRUTHS}),
    )  # fmt: skip


# What is asked ---------------------------------------------------------------------------------------------------


def _beyond(name: str, data: dict[str, np.ndarray]) -> Number:
    pilot = PILOTS[name]
    gaps = data["method"] - data["standin"]
    single = pilot.rows == 1
    groups = np.repeat(np.arange(pilot.groups), pilot.rows)
    paired = stats.paired(data["standin"], data["method"])
    wald, student, wide = (*paired, paired[1]) if single else stats.clustered(gaps, groups)
    accepted = (student, wald, wide)
    what = "Tasks are independent." if single else f"{pilot.unit.capitalize()}s are clusters."
    asks = f"{name.capitalize()}: rate of the method minus rate of the stand-in (0.01 is one point). {what}"
    says = "This treats the two columns as rates of different rows. They are the same rows: take differences first."
    rows = f"This counts each row as independent. The rows of one {pilot.unit} go together: sum within each first."
    apart = Trap(says, interval=stats.unpaired(data["standin"], data["method"]))
    alone = Trap(rows, interval=paired[0])
    traps = (apart,) if single else (alone, apart)
    return Number(name, asks, float(gaps.mean()), 0.002, accepted, 0.1 * stats.width(accepted[0]), traps)


def _tasks(data: dict[str, np.ndarray]) -> Number:
    """Sample size for two arms on the same tasks, from the pilot's spread of differences."""
    z = float(tests.norm.ppf(0.975) + tests.norm.ppf(0.8))
    gaps = data["method"] - data["standin"]

    def needed(variance: float) -> float:
        return float(np.ceil(z**2 * variance / AIM**2))

    value = needed(gaps.var(ddof=1))
    apart = needed(data["method"].var() + data["standin"].var())
    asks = (
        "How many new tasks, each done with the contract and with the stand-in, find a true difference of 5 points "
        "with 80 % power (two-sided test at 5 %), if differences spread as in the pilot?"
    )
    says = "This is the number for two groups of different tasks. With both arms on each task, differences spread less."
    return Number("tasks", asks, value, max(3.0, 0.015 * value), traps=(Trap(says, apart),))


def _brief() -> str:
    return f"""
Your team has one accelerator for two weeks, {HOURS} hours, and three pilots. Each has three arms: `plain`, a `method`,
and a `standin`, the simple thing that one could do instead. Beside a method that was good for something, such
stand-ins used to have a fifth of its gain. They were run last this time, and nobody has compared them.

- **rehearsal**: refusals are mixed into a fine-tuning, so that they survive it. Stand-in: as many ordinary chats. Eight
  runs of three models; the models of a run share start and data order. Each run has 50 harmful prompts of its own.
- **reader**: a probe on a model's activations flags plans to sabotage. Plain: today's text monitor. Stand-in: a word
  counter trained on the probe's labels. All three raise equally many false alarms. Ten plans in each of 30
  environments, and plans of one environment are alike.
- **contract**: the agent first writes what it must not do. Stand-in: as many words about the task. 300 independent
  tasks, each done in all three arms.

A colleague writes:

> Over plain, rehearsal gains **12 points**, the reader 9, the contract 6. Rehearsal has twice the effect of the
> contract. I'd put all {HOURS} hours there and go to the larger model at once.

You are asked how to begin, and what would make you stop. All work is counted in hours, reading too.
"""


def _plot(ax: Any, pilots: dict[str, dict[str, np.ndarray]]) -> None:
    gains = [data["method"] - data["plain"] for data in pilots.values()]
    half = [196 * stats.error_of_mean(gain) for gain in gains]
    ax.bar(
        list(pilots),
        [100 * gain.mean() for gain in gains],
        yerr=half,
        color="0.75",
        edgecolor="black",
        capsize=4,
        width=0.55,
    )
    ax.axhline(0, color="black", linewidth=0.8)
    ax.set_ylabel("method minus plain (points)")
    ax.set_title("Rehearsal gains most over plain: 12, 9 and 6 points\n(95 % intervals, each row taken as independent)",
                 fontsize=11)  # fmt: skip


def _plot_runs(ax: Any, table: dict[str, np.ndarray]) -> None:
    names = np.unique(table["run"])
    for k, (arm, mark, shade) in enumerate(zip(ARMS, "s^o", ("white", "0.6", "black"), strict=True)):
        rates = [100 * table[arm][table["run"] == name].mean() for name in names]
        x = np.arange(len(names)) + 0.2 * (k - 1)
        ax.plot(x, rates, mark, color=shade, markeredgecolor="black", label=arm, markersize=7)
    ax.set_xticks(np.arange(len(names)), names)
    ax.grid(axis="y", color="0.85")
    ax.set_ylim(0, 100)
    ax.set_xlabel("run (50 prompts each)")
    ax.set_ylabel("harmful prompts refused (%)")
    ax.legend(ncols=3, loc="lower right")
    ax.set_title("Rehearsal: what eight runs refuse after fine-tuning", fontsize=11)


def _discussion(
    numbers: tuple[Number, ...], pilots: dict[str, dict[str, np.ndarray]], experiments: tuple[Experiment, ...]
) -> str:
    rehearsal, reader, contract, tasks = numbers
    simple = {n: round(100 * float((d["standin"] - d["plain"]).mean()), 1) + 0.0 for n, d in pilots.items()}
    ratios = {n.id: n.value / (stats.width(n.intervals[1]) / 3.92) for n in numbers[:3]}
    first = max(ratios, key=lambda name: ratios[name])
    runs, places, many = experiments[:3]
    per = "; ".join(f"{n} {round(v, 1) + 0.0:.1f}" for n, v in ratios.items())
    return f"""
**The numbers.** What counts is what a method adds to its stand-in. Over plain it is 12, 9 and 6 points in any world.
Rehearsal: {points(rehearsal)}. Another run would have another start, so a row is no unit. There are eight values, and
with so few the factor is 2.36 (Student's t, 7 degrees of freedom), not 1.96. Reader: {points(reader)}, summed by
environment. Contract: {points(contract)}, paired by task. To find
{100 * AIM:.0f} points with 80 % power, the contract needs (1.96 + 0.84)² times the variance of the differences, divided
by 0.05²: {tasks.value:,.0f} tasks. Two groups of different tasks would need {tasks.traps[0].value:,.0f} each.

**For and against.** Over plain, the stand-ins gain {simple["rehearsal"]:.1f} points (rehearsal),
{simple["reader"]:.1f} (reader) and {simple["contract"]:.1f} (contract). A method that is good for something leaves its
stand-in a fifth of the gain: it is ahead by some 10, 7 or 5 points. One that is not is level with it. Points don't
compare across pilots: count each gap in its own standard errors. Here that is {per}. The largest is that of
{first}{_said(ratios[first])} The best of three looks good by luck more often than one alone: where no method has an
effect, some gap exceeds two standard errors in about seven cases of a hundred.

**What next.** A first step should be able to stop a project, so the stand-in has to be in it. The larger model against
plain would come out well in any world. New runs ({runs.cost:.0f} hours), environments ({places.cost:.0f}) or tasks
({many.cost:.0f}) clear their line with a chance of {_chance(runs, "rehearsal")}, {_chance(places, "reader")} and
{_chance(many, "contract")} % if the method is good, and of {_chance(runs, "none")}, {_chance(places, "none")} and
{_chance(many, "none")} % if not. Worth most is a sharp step in the project about which you are least sure. Reading for
telltale words is cheap, and blunt.

**The lesson.** Write down the line at which you stop before you start. An effect over nothing is not yet a reason for
two weeks; an effect over the simplest thing is.
"""


def _said(ratio: float) -> str:
    return ", and more than two." if ratio > 2 else ", and below two: the pilots leave *none* alive."


def _chance(experiment: Experiment, truth: str) -> str:
    return f"{100 * experiment.chances[truth]:.0f}"
