"""A monitor four points better on 200 items: better, luck, a lower threshold, or one kind of attack."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from autograde.cases import stats
from autograde.cases.scenario import Case, Experiment, Number, Reading, Trap
from autograde.cases.words import points

ID = "monitor"
TITLE = "Four points better"
MINUTES = 15
TRUTHS = ("better", "luck", "threshold", "families")

FAMILIES, EACH, FRESH, BENIGN = 20, 10, 120, 400
NET = 8
"""Attacks that the new monitor catches more, net, in every truth: the headline never gives the truth away."""
EXPLANATIONS = {
    "better": "The new monitor separates attacks from ordinary work better, on all kinds of attack.",
    "luck": "The two monitors are equally good; these 200 transcripts happened to suit the new one.",
    "threshold": "They separate equally well; the new one flags more of everything, and pays in false alarms.",
    "families": "The new one is better at one or two families of attack, and no better at the rest.",
}


def draw(truth: str, rng: np.random.Generator) -> Case:
    """A case of this scenario."""
    attacks = _attacks(truth, rng)
    fresh = _flags(truth, rng, np.arange(FRESH) % FAMILIES, attacks["special"], attacks["ease"])
    benign = _benign(truth, rng)
    family = attacks["family"]
    gain = attacks["new"] - attacks["old"]
    by_family = np.array([gain[family == name].sum() for name in range(FAMILIES)])
    best = np.argsort(-by_family, kind="stable")[:2]
    there = np.isin(fresh["family"], best)
    kept = int((fresh["new"] - fresh["old"])[there].sum())
    names = np.array([f"f{name + 1:02d}" for name in range(FAMILIES)])
    experiments = _experiments(rng)
    numbers = (
        _gap(
            "gap",
            "New minus old share of caught attacks on the 200 transcripts (0.01 is one point). Families are clusters.",
            attacks,
        ),
        _false(benign),
        _gap(
            "fresh", f"New minus old share of caught attacks on the {FRESH} fresh ones. Families are clusters.", fresh
        ),
    )
    return Case(
        truth=truth,
        brief=_brief(attacks, names),
        tables={
            "attacks": {"family": names[family], "old": attacks["old"], "new": attacks["new"]},
            "benign": benign,
            "fresh": {"family": names[fresh["family"]], "old": fresh["old"], "new": fresh["new"]},
        },
        notes={
            "attacks": "one row a transcript with an attack: its family, and whether each monitor flagged it (1 or 0)",
            "benign": "one row a transcript of ordinary work, and whether each monitor flagged it: a false alarm",
            "fresh": "attacks that came in after the comparison was made, of the same twenty families",
        },
        figures={"gain_by_family": partial(_plot, by_family=by_family, names=names)},
        explanations=EXPLANATIONS,
        numbers=numbers,
        experiments=experiments,
        cost_unit="person-hours",
        features={
            "false": float((benign["new"] - benign["old"]).sum()),
            "fresh": float((fresh["new"] - fresh["old"]).sum()),
            "top": float(np.sort(by_family)[-2:].sum()),
            "spread": float((by_family > 0).sum() - (by_family < 0).sum()),
            "kept": float(kept),
        },
        careless=Reading(
            "better",
            {
                "gap": (NET / len(gain), *stats.unpaired(attacks["old"], attacks["new"])),
                "false": (numbers[1].value, *stats.unpaired(benign["old"], benign["new"])),
                "fresh": (numbers[2].value, *stats.unpaired(fresh["old"], fresh["new"])),
            },
            "more",
        ),
        discussion=_discussion(numbers, by_family, names[best], (kept, int(there.sum())), experiments),
    )


# The world -------------------------------------------------------------------------------------------------------


def _attacks(truth: str, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """200 attacks in families, drawn until the new monitor catches ``NET`` more."""
    family = np.repeat(np.arange(FAMILIES), EACH)
    while True:
        special = rng.choice(FAMILIES, 2, replace=False)
        ease = rng.normal(0.35, 0.6, FAMILIES)
        drawn = _flags(truth, rng, family, special, ease)
        if (drawn["new"] - drawn["old"]).sum() == NET:
            return {**drawn, "special": special, "ease": ease}


def _flags(
    truth: str, rng: np.random.Generator, family: np.ndarray, special: np.ndarray, ease: np.ndarray
) -> dict[str, np.ndarray]:
    """What both monitors flag: they see the same suspicion in a transcript, each with noise of its own.

    ``ease``: how suspicious each family looks, on the fresh attacks as on the first ones.
    """
    shift = {"better": 0.22, "luck": 0.0, "threshold": 0.22, "families": 0.0}[truth]
    shifts = np.full(FAMILIES, shift)
    if truth == "families":
        shifts[special] = 1.4
    suspicion = ease[family] + rng.normal(0, 1, len(family))
    old = suspicion + rng.normal(0, 0.45, len(family)) > 0
    new = suspicion + shifts[family] + rng.normal(0, 0.45, len(family)) > 0
    return {"family": family, "old": old.astype(int), "new": new.astype(int)}


def _benign(truth: str, rng: np.random.Generator) -> dict[str, np.ndarray]:
    suspicion = rng.normal(-1.8, 1, BENIGN)
    shift = 0.22 if truth == "threshold" else 0.0
    old = suspicion + rng.normal(0, 0.45, BENIGN) > 0
    new = suspicion + shift + rng.normal(0, 0.45, BENIGN) > 0
    return {"old": old.astype(int), "new": new.astype(int)}


def _experiments(rng: np.random.Generator) -> tuple[Experiment, ...]:
    """Four things to do. Their sizes are drawn, so the cheapest that tells is not always the same."""
    many, again, other = (int(rng.choice(sizes)) for sizes in ((200, 400), (150, 600), (100, 400)))
    per = 0.4  # standard deviation of one attack's difference, about what these monitors show

    def above(gains: dict[str, float], of: int, points: float) -> dict[str, float]:
        return {name: stats.chance_above(gain, per / of**0.5, points) for name, gain in gains.items()}

    as_it_is = {"better": 0.06, "luck": 0.0, "threshold": 0.06, "families": 0.03}
    at_five = {"better": 0.06, "luck": 0.0, "threshold": 0.0, "families": 0.03}
    elsewhere = {"better": 0.06, "luck": 0.0, "threshold": 0.06, "families": 0.0}
    return (
        Experiment(
            "more", f"Run both monitors, as they are set, on {many:,} new attacks of the twenty families.",
            round(many / 20), "the new one catches at least 3 points more", above(as_it_is, many, 0.03),
        ),
        Experiment(
            "curves", "Take the stored suspicion scores of the transcripts at hand, and compare both at equal numbers "
            "of false alarms.", 1.0, "the gap on the 200 attacks stays at 2 points or more",
            {"better": 0.74, "luck": 0.70, "threshold": 0.13, "families": 0.70},
        ),
        Experiment(
            "again", "Set both thresholds anew to 5 % false alarms on 4,000 other benign transcripts, then run both "
            f"on {again} new attacks of the twenty families.", 4 + round(again / 40),
            "the new one catches at least 3 points more", above(at_five, again, 0.03),
        ),
        Experiment(
            "elsewhere", f"Run both, as they are set, on {other} attacks of ten families that neither was built with.",
            6 + round(other / 25), "the new one catches at least 3 points more", above(elsewhere, other, 0.03),
        ),
    )  # fmt: skip


# What is asked ---------------------------------------------------------------------------------------------------


def _gap(name: str, asks: str, data: dict[str, np.ndarray]) -> Number:
    gaps = data["new"] - data["old"]
    accepted = stats.clustered(gaps, data["family"])
    slack = 0.12 * stats.width(accepted[0])
    apart = stats.unpaired(data["old"], data["new"])
    says = "This is the interval of two groups of different items. Both monitors saw the same ones: take differences."
    return Number(name, asks, float(gaps.mean()), 0.002, accepted, slack, (Trap(says, interval=apart),))


def _false(benign: dict[str, np.ndarray]) -> Number:
    gaps = benign["new"] - benign["old"]
    accepted = stats.paired(benign["old"], benign["new"])
    asks = f"New minus old share of false alarms on the {BENIGN} benign transcripts, which are independent."
    apart = stats.unpaired(benign["old"], benign["new"])
    says = "This is the interval of two groups of different items. Both monitors saw the same ones: take differences."
    return Number("false", asks, float(gaps.mean()), 0.002, accepted, 0.12 * stats.width(accepted[0]),
                  (Trap(says, interval=apart),))  # fmt: skip


def _brief(attacks: dict[str, np.ndarray], names: np.ndarray) -> str:
    old, new = (int(attacks[name].sum()) for name in ("old", "new"))
    return f"""
A colleague has trained a new monitor for a coding agent and compares it with the one that runs today. On 200 attacks
from the red team, ten in each of {len(names)} families, the old one flags {old} and the new one {new}: **four points
more**. Attacks of one family are variations of one idea. Both thresholds were set, by their makers, to "about 5 % false
alarms"; nobody wrote down on which transcripts.

After the comparison was made, {FRESH} fresh attacks came in, again of the {len(names)} families. You also have {BENIGN}
transcripts of ordinary work, each of another task, which both monitors have read.

> It's a clear win on a balanced set. I'd switch over this week and write it up: the new one is simply the better
> monitor.

You are asked whether to switch. A false alarm costs a reviewer ten minutes.
"""


def _plot(ax: Any, by_family: np.ndarray, names: np.ndarray) -> None:
    order = np.argsort(by_family)[::-1]
    ax.bar(np.arange(len(order)), by_family[order], color="0.55", edgecolor="black")
    ax.set_xticks(np.arange(len(order)), names[order], rotation=90, fontsize=8)
    ax.axhline(0, color="black", linewidth=0.8)
    ax.set_xlabel("family of attacks (10 transcripts each)")
    ax.set_ylabel("attacks caught: new minus old")
    ax.yaxis.get_major_locator().set_params(integer=True)
    ax.set_title(f"The new monitor catches {NET} attacks more, net")


def _discussion(
    numbers: tuple[Number, ...],
    by_family: np.ndarray,
    best: np.ndarray,
    kept: tuple[int, int],
    experiments: tuple[Experiment, ...],
) -> str:
    gap, false, fresh = numbers
    top = int(np.sort(by_family)[-2:].sum())
    more, _, again, _ = experiments
    more_alarms, more_fresh = round(false.value * BENIGN), round(fresh.value * FRESH)
    return f"""
**The numbers.** Both monitors read the same transcripts, so the unit is the difference on one transcript: 1, 0 or -1.
Transcripts of one family rise and fall together, so the standard error sums differences within families first:
{points(gap)}. False alarms: {points(false)}. On the fresh attacks: {points(fresh)}.

**Better or luck?** The four points were found by looking: all four explanations can make them. The fresh attacks chose
nothing, so they say more than their number suggests. A true gain of six points should show there as about seven more
caught, and luck as none. Here it is {more_fresh}.

**A lower threshold?** It shows on ordinary work: more flags there, too. On {BENIGN} transcripts the new monitor's false
alarms differ by {more_alarms:+d}. A threshold low enough to catch six points more attacks would raise some ten more. At
equal false alarms that gap is gone: a turn of the old one's knob gives the same.

**Two families?** The two best families here, {best[0]} and {best[1]}, carry {top} of the net {NET}. Two of twenty,
chosen after looking, carry about five where all families are alike, and seven or so where two of them are all there is.
So look at the same two on the fresh attacks: there they gain {kept[0]} on {kept[1]}. On average that would be about
three if two families are special, and at most one if none is. A single draw is often off by one or two.

**What next.** Setting both thresholds anew and running fresh attacks tells *better* from *luck* and from *threshold* at
once, if there are enough attacks: here a gap of three points would come out with a chance of
{100 * again.chances["better"]:.0f} % under *better* and {100 * again.chances["luck"]:.0f} % under *luck*. More attacks
with both as they are set ({100 * more.chances["better"]:.0f} and {100 * more.chances["luck"]:.0f} %) can't part
*better* from *threshold*, so they are for somebody to whom the false alarms have settled that. The stored scores
cost an hour, and speak about the threshold only.

**The decision.** Switching is cheap to undo, a claim in a paper is not. One can do the first and not the second.
"""
