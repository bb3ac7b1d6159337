"""The best of 24 settings is five points above the default: better, luck, known steps, or a default that is poor."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
from scipy import stats as tests

from autograde.cases import stats
from autograde.cases.scenario import Case, Experiment, Number, Reading, Trap
from autograde.cases.words import points

ID = "board"
TITLE = "The top of the board"
MINUTES = 18
TRUTHS = ("real", "luck", "seen", "default")

SETTINGS, EARLY, LATE, INCIDENTS, EACH = 24, 100, 300, 60, 5
STEPS = EARLY + LATE
NET = 20
"""Steps that the best setting gets right more than the default, net, in every truth."""
SHIFT = {"real": 0.17, "luck": 0.0, "seen": 0.0, "default": 0.0}
KNOWN, POOR, OWN = 0.52, -0.125, 0.5
"""How far knowing a step helps, how far a poor default is behind, how far two settings differ on one step."""
GAIN = {"real": 0.045, "luck": 0.0, "seen": 0.0, "default": 0.034}
"""What the winner is truly ahead of the default on new steps."""


def draw(truth: str, rng: np.random.Generator) -> Case:
    """A case of this scenario."""
    right, top = _board(truth, rng)
    fresh = _fresh(truth, rng)
    early = np.arange(STEPS) < EARLY
    names = [f"s{k + 1:02d}" for k in range(SETTINGS)]
    best = names[top]
    gains = right[1:] - right[0]
    others = np.delete(gains, top, axis=0)
    numbers = _holm(gains, top, best), _others(right, top, best), _early(right, top, best, early), _new(fresh, best)
    experiments = _experiments(rng, best)
    order = rng.permutation(STEPS)
    table = {"step": [f"t{k + 1:03d}" for k in range(STEPS)], "batch": np.where(early, "early", "late")[order]}
    table |= {name: column[order] for name, column in zip(["default", *names], right, strict=True)}
    apart = np.array([gains[top, early].mean(), gains[top, ~early].mean()])
    return Case(
        truth=truth,
        brief=_brief(right[0], right[1 + top], best),
        tables={
            "board": table,
            "fresh": {"incident": np.repeat([f"i{k + 1:02d}" for k in range(INCIDENTS)], EACH), **fresh},
        },
        notes={
            "board": "one row a labelled step: its batch (early or late), and for the default and each of the 24 "
            "settings whether it was judged rightly (1 or 0)",
            "fresh": f"one row a step of a later incident, {EACH} steps an incident: was it judged rightly by the "
            f"default and by {best} (column `best`)",
        },
        figures={"settings": partial(_plot, gains=gains, names=names)},
        explanations=_explanations(best),
        numbers=numbers,
        experiments=experiments,
        cost_unit="person-hours",
        features={
            "others": float(others.mean()),
            "lead": float(NET - others.sum(1).max()),
            "early": float(apart[0] - apart[1]),
            "fresh": float((fresh["best"] - fresh["default"]).mean()),
        },
        careless=Reading(
            "real",
            {"holm": (_exact(gains[top]),)} | {n.id: (n.value, *(n.traps[0].interval or ())) for n in numbers[1:]},
            "again",
        ),
        discussion=_discussion(numbers, gains, top, best, apart, experiments),
    )


# The world -------------------------------------------------------------------------------------------------------


def _board(truth: str, rng: np.random.Generator) -> tuple[np.ndarray, int]:
    """Right or wrong for the default (row 0) and 24 settings, drawn until the best is ``NET`` steps ahead."""
    while True:
        top = int(rng.integers(SETTINGS))
        skill = np.full((1 + SETTINGS, STEPS), 0.75)
        skill[1 + top] += SHIFT[truth]
        if truth == "seen":
            skill[1 + top, :EARLY] += KNOWN
        if truth == "default":
            skill[0] += POOR
        right = (skill + rng.normal(0, 1, STEPS) + OWN * rng.normal(size=skill.shape) > 0).astype(int)
        net = (right[1:] - right[0]).sum(1)
        best = np.flatnonzero(net == net.max())
        if net.max() != NET or len(best) > 1 or (truth in ("real", "seen") and best[0] != top):
            continue
        if _exact(right[1 + best[0]] - right[0]) < 0.05:
            return right, int(best[0])


def _fresh(truth: str, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Steps of later incidents; the steps of one incident suit a setting, or don't, together."""
    count = INCIDENTS * EACH
    skill = np.full((2, count), 0.75)
    skill[0] += POOR if truth == "default" else 0.0
    skill[1] += SHIFT[truth]
    common = np.repeat(rng.normal(size=(2, INCIDENTS)), EACH, axis=1)
    own = np.sqrt(0.85) * common + np.sqrt(0.15) * rng.normal(size=skill.shape)
    right = (skill + rng.normal(0, 1, count) + OWN * own > 0).astype(int)
    return {"default": right[0], "best": right[1]}


def _experiments(rng: np.random.Generator, best: str) -> tuple[Experiment, ...]:
    """Five things to do; sizes and prices are drawn."""
    two, seven = int(rng.choice([300, 600, 1500])), int(rng.choice([250, 500, 1000]))
    rate = int(rng.choice([40, 60]))
    text, read = (float(rng.choice([1, 2, 4])) for _ in range(2))

    def chances(gains: dict[str, float], spread: float, of: int) -> dict[str, float]:
        return {name: stats.chance_above(gain, spread / of**0.5, 0.02) for name, gain in gains.items()}

    ahead = GAIN | {"default": 0.0}  # of the other settings
    return (
        Experiment("again", "Run the default and all 24 settings a second time on the 400 steps, as they are set.",
                   3.0, f"{best} is on top again", dict.fromkeys(TRUTHS, 0.97)),
        Experiment("text", f"Lay the examples in the text of {best} beside the 100 early steps and look for copies.",
                   text, "three or more examples are early steps, or nearly so",
                   {"real": 0.12, "luck": 0.12, "seen": 0.8, "default": 0.12}),
        Experiment("read", "Read 40 answers of the default that count as wrong.", read,
                   "ten or more say the right thing in a form that the scorer can't read",
                   {"real": 0.15, "luck": 0.15, "seen": 0.15, "default": 0.75}),
        Experiment("two", f"Label {two:,} new steps, each of another project, and run the default and {best} on them.",
                   1 + round(two / rate), f"{best} is at least 2 points ahead of the default",
                   chances(GAIN, 0.41, two)),
        Experiment("seven", f"Label {seven:,} new steps, each of another project, and run {best}, the default and five "
                   "more settings chosen by lot on them.", 3 + round(seven / rate),
                   f"{best} is at least 2 points ahead of the mean of the five", chances(ahead, 0.32, seven)),
    )  # fmt: skip


# What is asked ---------------------------------------------------------------------------------------------------


def _exact(gain: np.ndarray) -> float:
    """Exact McNemar test, two-sided: among steps on which the two differ, both ways are equally likely."""
    up, down = int((gain > 0).sum()), int((gain < 0).sum())
    return float(min(1.0, 2 * tests.binom.cdf(min(up, down), up + down, 0.5)))


def _holm(gains: np.ndarray, top: int, best: str) -> Number:
    up, down = (gains > 0).sum(1), (gains < 0).sum(1)
    p = np.minimum(1, 2 * tests.binom.cdf(np.minimum(up, down), up + down, 0.5))
    order = np.argsort(p)
    adjusted = np.empty(SETTINGS)
    adjusted[order] = np.minimum(1, np.maximum.accumulate(p[order] * (SETTINGS - np.arange(SETTINGS))))
    asks = (
        f"p of {best} against the default on the {STEPS} steps, by the exact McNemar test (two-sided: of the steps on "
        "which the two differ, each way is equally likely), adjusted by Holm's method for all 24 comparisons"
    )
    says = "This is the p of a setting that was the only one tried. It was the best of 24: multiply, as Holm does."
    return Number("holm", asks, float(adjusted[top]), 0.015, traps=(Trap(says, float(p[top])),))


def _others(right: np.ndarray, top: int, best: str) -> Number:
    rest = np.delete(right[1:], top, axis=0)
    accepted = stats.paired(right[0], rest.mean(0))
    asks = (
        f"Mean gain of the 23 settings other than {best} over the default, as a share of the 400 steps (0.01 is one "
        "point), with a 95 % interval for other steps of this kind"
    )
    gaps = (rest - right[0]).mean(1)
    wrong = stats.normal(float(gaps.mean()), stats.error_of_mean(gaps))
    says = (
        "This takes the 23 gains for independent values. They share the steps and the default, whose luck is in all of "
        "them. Average over the settings on each step first, then let the 400 steps be the unit."
    )
    return Number("others", asks, float(gaps.mean()), 0.002, accepted, 0.12 * stats.width(accepted[0]),
                  (Trap(says, interval=wrong),))  # fmt: skip


def _early(right: np.ndarray, top: int, best: str, early: np.ndarray) -> Number:
    gain = right[1 + top] - right[0]
    value = float(gain[early].mean() - gain[~early].mean())
    error = float(np.hypot(stats.error_of_mean(gain[early]), stats.error_of_mean(gain[~early])))
    accepted = (stats.normal(value, error), stats.student(value, error, EARLY - 1))
    asks = f"Gain of {best} over the default (share of steps) on the 100 early steps minus that on the 300 late ones"
    apart = float(np.sqrt(sum(right[k][part].var() / part.sum() for k in (0, 1 + top) for part in (early, ~early))))
    says = "This treats the two settings as if they had judged different steps. Take the difference on each step first."
    return Number("early", asks, value, 0.003, accepted, 0.12 * stats.width(accepted[0]),
                  (Trap(says, interval=stats.normal(value, apart)),))  # fmt: skip


def _new(fresh: dict[str, np.ndarray], best: str) -> Number:
    gain = fresh["best"] - fresh["default"]
    accepted = stats.clustered(gain, np.repeat(np.arange(INCIDENTS), EACH))
    asks = f"Gain of {best} over the default on the {len(gain)} fresh steps (share of steps). Incidents are clusters."
    says = "This treats the two settings as if they had judged different steps. Take the difference on each step first."
    single = "This counts each fresh step as independent. The steps of one incident go together: sum by incident first."
    traps = (
        Trap(says, interval=stats.unpaired(fresh["default"], fresh["best"])),
        Trap(single, interval=stats.paired(fresh["default"], fresh["best"])[0]),
    )
    return Number("fresh", asks, float(gain.mean()), 0.002, accepted, 0.1 * stats.width(accepted[0]), traps)


def _explanations(best: str) -> dict[str, str]:
    return {
        "real": f"{best} is better than the default and than the other settings, on all kinds of steps.",
        "luck": f"The default and the 24 settings are equally good; one had to come out on top, and {best} did.",
        "seen": f"{best} fits the early steps, which could be read while it was written, and is no better elsewhere.",
        "default": f"The default is poor; all new settings are about equally better, and {best} is just one of them.",
    }


def _brief(default: np.ndarray, winner: np.ndarray, best: str) -> str:
    return f"""
A colleague looks after the prompt of a reviewer: a model that reads one step of a coding agent and says whether it is
safe. She wrote {SETTINGS} new settings (wording, examples, their order) and ran all of them, and the default, on the
same {STEPS} labelled steps. The best one, {best}, judges {winner.sum()} rightly, the default {default.sum()}: **five
points more**. Every step is from another project, so steps are independent. The settings run at temperature 0: run
again, they answer the same. The scorer reads the last line of an answer; what it can't read counts as wrong.

{EARLY} of the steps (`early`) lay in the team's folder while the settings were written. The other {LATE} (`late`) were
labelled after that, before anything was run. Since then {INCIDENTS} incidents came in, and {EACH} steps of each were
labelled. Only {best} and the default have been run on these.

> {best} is on top of the board, and the paired test says p < 0.05. Let's make it the default today, and tell the other
> teams that the wording is worth five points.

You are asked whether to do both.
"""


def _plot(ax: Any, gains: np.ndarray, names: list[str]) -> None:
    points = 100 * gains.mean(1)
    order = np.argsort(points)[::-1]
    half = 196 * gains.std(1, ddof=1) / np.sqrt(STEPS)
    ax.errorbar(np.arange(len(order)), points[order], yerr=half[order], fmt="o", color="black", ecolor="0.6", capsize=2)
    ax.axhline(0, color="black", linewidth=0.8, linestyle="--")
    ax.set_xticks(np.arange(len(order)), np.array(names)[order], rotation=90, fontsize=8)
    ax.set_xlabel("setting, best first")
    ax.set_ylabel("ahead of the default (points)")
    ax.set_title(f"The best of {SETTINGS} settings is five points ahead of the default\n"
                 "(95 % intervals, each setting by itself)", fontsize=11)  # fmt: skip


def _discussion(
    numbers: tuple[Number, ...],
    gains: np.ndarray,
    top: int,
    best: str,
    apart: np.ndarray,
    experiments: tuple[Experiment, ...],
) -> str:
    holm, others, early, fresh = numbers
    rest = np.delete(gains, top, axis=0).mean(1)
    scatter = float(rest.std(ddof=1))
    reach = round(100 * (others.value + 2 * scatter), 1) + 0.0
    seven = next(e for e in experiments if e.id == "seven")
    single = _exact(gains[top])
    verdict = "which a look at 24 equal settings easily brings" if holm.value > 0.05 else "which is still small"
    return f"""
**The numbers.** By itself {best} has p = {single:.3f}. It was the best of {SETTINGS}: Holm's method makes that
{holm.value:.2f}, {verdict}. Under *real* it is hardly smaller: with 24 looks, 400 steps can't decide.
The mean gain of the other 23 over the default is {points(others)}. The unit is the step: all 23 gains
share the default and its luck, so an interval from 23 separate values is far too narrow.
Early minus late, the gain of {best} differs by {points(early)}. On the fresh steps, summed by incident, it is
{points(fresh)}.

**Real or luck?** The other settings scatter by {100 * scatter:.1f} points (standard deviation) around their mean. The
best of {SETTINGS} equal ones lies some two of these above it: at {reach:.1f} points. The board shows 5.0. The fresh
steps were not used for choosing. They would show about 4.5 points under *real*, some 3.5 under *default* and none under
*luck* or *seen*. They show {_signed(fresh.value)}, and the interval reaches some six points to either side.

**Known steps?** {best} gains {_signed(apart[0])} on the early steps and {_signed(apart[1])} on the late ones. A gain
that came from knowing would stand in the first number. Both batches chose the winner, so both flatter it.

**A poor default?** Then nearly all settings would be ahead of it: {int((rest > 0).sum())} of 23 are. The winner's fresh
gain would be there, too, and be no merit of {best}. Under *luck* the others lie above zero as well, by some 1.6 points:
a five-point gap is likelier where the default was unlucky. Under *real* they lie near zero, and {best} stands alone.

**What next.** Running all of it again at temperature 0 brings the same board. Two arms on new steps part *real* and
*default* from the rest, and not from each other. Beside five other settings {best} comes out two points ahead with a
chance of {100 * seven.chances["real"]:.0f} % under *real* and of {100 * seven.chances["luck"]:.0f} % under any other.
Copies and unreadable answers are cheap to look for, and each speaks about one explanation.

**The lesson.** Report how many were tried, look at the rows that did not win, and let data that chose nothing have the
last word.
"""


def _signed(value: float) -> str:
    return f"{round(100 * value, 1) + 0.0:+.1f} points"
