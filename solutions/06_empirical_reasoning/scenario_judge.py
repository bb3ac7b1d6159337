"""Fewer flags since an update: a safer assistant, a changed judge, other prompts, or caveats that a judge lets pass."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
from scipy.stats import beta

from autograde.cases import stats
from autograde.cases.scenario import Case, Experiment, Number, Reading, Trap
from autograde.cases.words import points, tenth

ID = "judge"
TITLE = "Fewer flags"
MINUTES = 18
TRUTHS = ("safer", "drift", "prompts", "caveats")

WEEKS, EACH, READ = 12, 40, 50
HALF = WEEKS // 2 * EACH
BEFORE, AFTER = 50, 29
"""Flags of 240 in weeks 1 to 6 and 7 to 12, in every truth: the headline never gives the truth away."""
ANCHORS, COPIES = 10, 4
TOPICS = np.array(["drugs", "fraud", "privacy", "weapons"])
HARM = np.array([0.25, 0.37, 0.06, 0.14])
MIX, OTHER_MIX = np.full(4, 0.25), np.array([0.10, 0.06, 0.57, 0.27])
SENSES, FALSE = 0.85, 0.04
"""How often the judge flags what people call harmful, and what they don't."""
EXPLANATIONS = {
    "safer": "Since the update the assistant gives fewer harmful answers to the same prompts.",
    "drift": "The judge changed: today it flags fewer of the very same answers.",
    "prompts": "The testers send other things than in weeks 1 to 6, and these lead to harm less often.",
    "caveats": "Neither judge nor harm changed; this judge has always passed harmful answers that carry a caveat, and "
    "now more of them do.",
}


def draw(truth: str, rng: np.random.Generator) -> Case:
    """A case of this scenario."""
    before, after = _half(truth, rng, False), _half(truth, rng, True)
    both = {name: np.concatenate([before[name], after[name]]) for name in before}
    labels = np.array([f"a{name + 1:03d}" for name in range(2 * HALF)])
    week = np.repeat(np.arange(1, WEEKS + 1), EACH)
    answers = {"answer": labels, "week": week, **{name: both[name] for name in ("topic", "caveat", "flagged")}}
    chosen = np.zeros(0, int)
    while both["harmful"][chosen[READ:]].sum() < 3:
        chosen = np.concatenate([start + np.sort(rng.choice(HALF, READ, replace=False)) for start in (0, HALF)])
    read = {name: column[chosen] for name, column in {**answers, "harmful": both["harmful"]}.items()}
    anchors = _anchors(truth, rng)
    experiments = _experiments(rng)
    numbers = _numbers(before, after, read, anchors)
    missed = (read["week"] > WEEKS // 2) & (read["harmful"] == 1) & (read["flagged"] == 0)
    caveat, flags = after["caveat"] == 1, (read["flagged"][:READ], read["flagged"][READ:])
    normal = numbers[3].traps[0].interval or (0.0, 1.0)
    return Case(
        truth=truth,
        brief=BRIEF,
        tables={"answers": answers, "read": read, "anchors": anchors},
        notes={
            "answers": "one row an answer: week, topic of the prompt, whether the answer carries a caveat, and whether "
            "the judge flagged it in that week (1 or 0)",
            "read": f"the same for {READ} answers of weeks 1 to 6 and {READ} of weeks 7 to 12, drawn at random, with "
            "what people who knew neither week nor flag said: harmful (1) or not (0)",
            "anchors": "one row an old answer, kept for this purpose: the prompt that it answers, whether the judge "
            "flagged it in week 1 (then) and in week 12 (now)",
        },
        figures={"flagged_by_week": partial(_plot, flagged=both["flagged"])},
        explanations=EXPLANATIONS,
        numbers=numbers,
        experiments=experiments,
        cost_unit="hours of work",
        features={
            "anchors": numbers[0].value,
            "mix": numbers[1].value,
            "people": numbers[2].value,
            "missed_caveat": float((missed & (read["caveat"] == 1)).sum()),
            "missed_plain": float((missed & (read["caveat"] == 0)).sum()),
            "caveat": float(after["flagged"][caveat].mean() - after["flagged"][~caveat].mean()),
        },
        careless=Reading(
            "safer",
            {
                "anchors": (numbers[0].value, *stats.unpaired(anchors["then"], anchors["now"])),
                "mix": ((AFTER - BEFORE) / HALF,),
                "people": (float(flags[1].mean() - flags[0].mean()), *stats.unpaired(*flags)),
                "seen": (numbers[3].value, *normal),
            },
            "more",
        ),
        discussion=_discussion(numbers, before, after, read, experiments),
    )


# The world -------------------------------------------------------------------------------------------------------


def _half(truth: str, rng: np.random.Generator, late: bool) -> dict[str, np.ndarray]:
    """Six weeks of answers, drawn until they have the flags of the headline."""
    tries, aim = 60, AFTER if late else BEFORE
    while True:
        mix = rng.dirichlet(14 * (OTHER_MIX if late and truth == "prompts" else MIX), tries)
        topic = (rng.random((tries, HALF))[:, :, None] > mix.cumsum(1)[:, None, :-1]).sum(2)
        with_caveat = rng.uniform(0.5, 0.8, (tries, 1)) if late else 0.15
        caveat = rng.random((tries, HALF)) < with_caveat
        milder = np.where(caveat, rng.uniform(0.45, 0.95, (tries, 1)), 1.5 if late else 1.1)
        rate = HARM[topic] * milder * (0.5 if late and truth == "safer" else 1.0)
        senses = np.full(caveat.shape, SENSES)
        if truth == "drift" and late:
            senses *= 0.58
        if truth == "caveats":
            senses, rate = np.where(caveat, 0.4, 0.9), rate * 1.1
        harmful = rng.random(rate.shape) < rate
        flagged = rng.random(rate.shape) < np.where(harmful, senses, FALSE)
        for k in np.flatnonzero(flagged.sum(1) == aim):
            if np.bincount(topic[k], minlength=len(TOPICS)).min() >= 5:
                columns = {"caveat": caveat[k], "flagged": flagged[k], "harmful": harmful[k]}
                return {"topic": TOPICS[topic[k]], **{name: column.astype(int) for name, column in columns.items()}}


def _anchors(truth: str, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Old answers judged twice. Some prompts are read anew in one direction, all four answers alike."""
    prompt, names = np.repeat(np.arange(ANCHORS), COPIES), np.array([f"p{name + 1:02d}" for name in range(ANCHORS)])
    while True:
        then = rng.random(len(prompt)) < rng.beta(1.2, 1.6, ANCHORS)[prompt]
        moved, way = (rng.random(ANCHORS) < 0.45)[prompt], (rng.random(ANCHORS) < 0.4)[prompt]
        now = np.where(moved & (rng.random(len(prompt)) < 0.5), way, then)
        if truth == "drift":
            now = now & (rng.random(len(prompt)) < rng.beta(1.2, 0.9, ANCHORS)[prompt])
        if len(np.unique(prompt[now != then])) >= 3:
            return {"prompt": names[prompt], "then": then.astype(int), "now": now.astype(int)}


def _experiments(rng: np.random.Generator) -> tuple[Experiment, ...]:
    """Five things to do. Their sizes are drawn, so the cheapest that tells is not always the same."""
    old, sent, cut = (int(rng.choice(sizes)) for sizes in ((60, 150), (80, 160, 240), (80, 160)))

    def above(gains: tuple[float, ...], error: float, points: float) -> dict[str, float]:
        return {name: stats.chance_above(gain, error, points) for name, gain in zip(TRUTHS, gains, strict=True)}

    return (
        Experiment(
            "more", "Go on as now for six more weeks: 240 more answers, the same testers, the same judge.", 12,
            "at most 16 % are flagged",
            {"safer": 0.93, "drift": 0.93, "prompts": 0.86, "caveats": 0.93},
        ),
        Experiment(
            "anew", f"Give {old} other answers of weeks 1 to 6 to the judge of today.", round(1 + old / 50),
            "it flags at least 4 points fewer than it did then",
            above((0.0, 0.075, 0.0, 0.0), (0.08 / old) ** 0.5, 0.04),
        ),
        Experiment(
            "send", f"Send {sent} prompts of weeks 1 to 6 to the assistant of today; people read its answers and the "
            "old ones, and don't know which are which.", round(sent / 8),
            "they call at least 6 points fewer harmful", above((0.11, 0.0, 0.0, 0.0), (0.2 / sent) ** 0.5, 0.06),
        ),
        Experiment(
            "third", "Let a judge of another maker read all 480 answers.", 4, "it, too, flags at least 5 points fewer "
            "in weeks 7 to 12", above((0.09, 0.01, 0.09, 0.04), 0.033, 0.05),
        ),
        Experiment(
            "cut", f"Cut the caveats out of {cut} answers of weeks 7 to 12 and let the judge of today read them with "
            "and without.", round(2 + cut / 30), "without, it flags at least 3 points more",
            above((0.0, 0.0, 0.0, 0.05), (0.05 / cut) ** 0.5, 0.03),
        ),
    )  # fmt: skip


# What is asked ---------------------------------------------------------------------------------------------------


def _at_old_mix(before: dict[str, np.ndarray], after: dict[str, np.ndarray]) -> float:
    """Flagged share of the second half if its topics had the first half's shares, minus the first half's."""
    parts = [(before["topic"] == t).mean() * after["flagged"][after["topic"] == t].mean() for t in TOPICS]
    return float(sum(parts) - before["flagged"].mean())


def _jeffreys(hits: int, of: int) -> stats.Ends:
    """Jeffreys' interval of a share; by custom it reaches 0 when there is no hit, and 1 when all are hits."""
    low, high = beta.ppf((0.025, 0.975), hits + 0.5, of - hits + 0.5)
    return (0.0 if hits == 0 else float(low), 1.0 if hits == of else float(high))


def _numbers(
    before: dict[str, np.ndarray], after: dict[str, np.ndarray], read: dict[str, np.ndarray],
    anchors: dict[str, np.ndarray],
) -> tuple[Number, ...]:  # fmt: skip
    gaps = anchors["now"] - anchors["then"]
    moved = stats.clustered(gaps, anchors["prompt"])
    first, second = int(read["harmful"][:READ].sum()), int(read["harmful"][READ:].sum())
    people = stats.difference(first, READ, second, READ)
    caught = int((read["flagged"] * read["harmful"])[READ:].sum())
    seen, share = (*stats.shares(caught, second), _jeffreys(caught, second)), caught / second
    flags = float(read["flagged"][READ:].mean() - read["flagged"][:READ].mean())
    alike = float(np.mean([np.diff([h["flagged"][h["topic"] == t].mean() for h in (before, after)]) for t in TOPICS]))
    return (
        Number(
            "anchors", f"Now minus then: flagged share of the {len(gaps)} anchors. Prompts are clusters.",
            float(gaps.mean()), 0.003, moved, 0.12 * stats.width(moved[0]),
            (
                Trap("This is the interval of two groups of different answers. These were judged twice.",
                     interval=stats.unpaired(anchors["then"], anchors["now"])),
                Trap("This counts answers as independent. Four answer the same prompt: sum differences within it.",
                     interval=stats.paired(anchors["then"], anchors["now"])[0]),
            ),
        ),
        Number(
            "mix", "Flagged share in weeks 7 to 12 if the topics had the shares that they had in weeks 1 to 6, minus "
            "the flagged share in weeks 1 to 6. All 480 answers.", _at_old_mix(before, after), 0.003,
            traps=(
                Trap("This is the plain difference, with the topics as they came.", (AFTER - BEFORE) / HALF),
                Trap("This weighs the four topics alike. The weights asked for are those of weeks 1 to 6.", alike),
            ),
        ),
        Number(
            "people", "Share that people call harmful, weeks 7 to 12 minus weeks 1 to 6. Answers are independent.",
            (second - first) / READ, 0.002, people, 0.12 * stats.width(people[0]),
            (Trap("This compares what the judge flagged. The column asked for is what people said.", flags),),
        ),
        Number(
            "seen", "Of the answers in weeks 7 to 12 that people call harmful: the share that the judge flagged.",
            share, 0.006, seen, 0.1 * stats.width(seen[0]),
            (Trap("This is the normal interval. So few answers need Wilson's, or the exact one.",
                  interval=stats.normal(share, float(np.sqrt(share * (1 - share) / second)))),),
        ),
    )  # fmt: skip


BRIEF = f"""
Testers send an assistant prompts that try to get harmful answers from it, {EACH} a week, on four topics, as they see
fit; no prompt is used twice. A judge model flags harmful answers. After week 6 the assistant was updated; among other
things it was told to add a caveat where an answer might be misused. Of {HALF} answers in weeks 1 to 6, {BEFORE} were
flagged, of {HALF} in weeks 7 to 12, {AFTER}: **from 21 % to 12 %**.

> The update nearly halved harmful answers, a change of 2.6 standard errors. That's the headline of our safety report.

The judge is called by a name behind which its maker may put another version; nobody has kept a log. For such cases
there are {ANCHORS * COPIES} *anchors*: old answers to {ANCHORS} prompts, four to each, which the judge read in week 1
and again in week 12. And people who knew neither week nor flag have *read* {READ} answers of each half, drawn at
random. Take what they say as right. An answer with a caveat is often milder in the rest, too.

You are asked whether the sentence may stand.
"""


def _plot(ax: Any, flagged: np.ndarray) -> None:
    hits = flagged.reshape(WEEKS, EACH).sum(1)
    ends = np.array([stats.wilson(k, EACH) for k in hits])
    weeks, share = np.arange(1, WEEKS + 1), hits / EACH
    bars = 100 * np.maximum(np.abs(ends - share[:, None]).T, 0)
    ax.errorbar(weeks, 100 * share, bars, fmt="o", color="black", ecolor="0.5", capsize=3)
    ax.axvline(WEEKS / 2 + 0.5, color="black", linestyle="--", linewidth=1)
    ax.text(WEEKS / 2 + 0.6, 0.97, "update", transform=ax.get_xaxis_transform(), va="top")
    ax.set_xticks(weeks)
    ax.set_ylim(0, None)
    ax.set_xlabel("week")
    ax.set_ylabel(f"flagged, % of {EACH} (95 % intervals)")
    ax.set_title("The judge flags 21 % of answers before the update, 12 % after it")


def _discussion(
    numbers: tuple[Number, ...], before: dict[str, np.ndarray], after: dict[str, np.ndarray],
    read: dict[str, np.ndarray], experiments: tuple[Experiment, ...],
) -> str:  # fmt: skip
    anchors, mix, people, seen = numbers
    first, second = int(read["harmful"][:READ].sum()), int(read["harmful"][READ:].sum())
    missed = read["caveat"][READ:][read["harmful"][READ:] > read["flagged"][READ:]]
    gone = f"{int(missed.sum())} of the {len(missed)} missed" if len(missed) else "nothing was missed"
    with_, without = (100 * after["flagged"][after["caveat"] == k].mean() for k in (1, 0))
    fraud = [100 * np.isin(half["topic"], ("drugs", "fraud")).mean() for half in (before, after)]
    anew, send = (next(e for e in experiments if e.id == name) for name in ("anew", "send"))
    return f"""
**The numbers.** Anchors are judged twice, so take differences; four answer one prompt, so sum them within prompts:
{points(anchors)}. For the mix, take the flagged share of each topic in weeks 7 to 12 and weigh it as in weeks 1 to 6:
{tenth(mix.value)} points, where the plain difference is {tenth((AFTER - BEFORE) / HALF)}. People call {first} of
{READ} harmful before and {second} after: {points(people)}. Of these {second} the judge flagged {tenth(seen.value)} %
(Wilson: {tenth(seen.intervals[0][0])} to {tenth(seen.intervals[0][1])} %). Wide, and it is what judges the judge.

**Drift?** The anchors can't change. If today's judge sees half of what it saw, nearly half of their flags go. A few
move anyway, by prompt. And of what people call harmful it would miss more, with and without a caveat.

**Caveats?** Then the anchors stay, people find nearly as much harm as before, and what is missed carries a caveat: here
{gone}. Of all late answers with a caveat {with_:.0f} % were flagged, without
{without:.0f} %. If this judge passes caveats, some 20 points lie between them, otherwise some 7, since an answer with a
caveat is milder.

**Other prompts?** Drugs and fraud, which lead to harm most by design, were {fraud[0]:.0f} % of the prompts, then
{fraud[1]:.0f} %. If that is all, the difference at the old mix is near zero, and people, too, find less harm.

**Safer?** Then people find about half as much, at the old mix the drop stays, the anchors stay, and the judge still
catches some 85 %.

**What next.** Judging old answers *anew* costs {anew.cost:g} hours and speaks about drift alone, *cut* about
caveats alone. To *send* old prompts to the new assistant, with people reading blind, holds prompts and judge fixed: a
drop of 6 points comes with {100 * send.chances["safer"]:.0f} % if it is safer and
{100 * send.chances["prompts"]:.0f} % if not. Six more weeks would look alike under all four.

**The lesson.** A rate is made by an assistant, its prompts and a judge. Before the first is praised, the other two have
to be held still.
"""
