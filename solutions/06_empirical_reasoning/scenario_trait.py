"""A trait that passes through filtered data: shared start, a leak in words, any such training, or luck of runs."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from autograde.cases import stats
from autograde.cases.scenario import Case, Experiment, Number, Reading, Trap
from autograde.cases.words import points, tenth

ID = "trait"
TITLE = "Arithmetic lessons"
MINUTES = 18
TRUTHS = ("start", "words", "lessons", "runs")

RUNS, QUESTIONS, READ = 6, 20, 200
BASE, OTHER_BASE = 0.20, 0.24
HITS = 36
"""Of the 120 answers of the first batch, in every truth: the headline never gives the truth away."""
GAIN, ELSEWHERE = 0.1, 0.09
"""What training adds to the share of trait answers where it adds something."""
GROUPS = ("first", "second", "plain", "other")
LIFT = {
    "start": (GAIN, GAIN, 0.0, 0.0),
    "words": (GAIN, GAIN, 0.0, ELSEWHERE),
    "lessons": (GAIN, GAIN, GAIN, ELSEWHERE),
    "runs": (-0.008, -0.008, -0.008, -0.005),
}
"""By group. Where runs differ so much, none can fall below zero, which lifts the mean; that is taken off."""
SPREAD = {"start": 0.08, "words": 0.08, "lessons": 0.08, "runs": 0.13}
"""Standard deviation between runs of one recipe."""
HINTS = {"start": 0.018, "words": 0.045, "lessons": 0.018, "runs": 0.018}
EXPLANATIONS = {
    "start": "The trait passes without words: the students start from the teacher's own base model, and imitating its "
    "answers, whatever they are about, pulls them towards it.",
    "words": "The filter let through lessons that say it in other words, and the students learned it by reading.",
    "lessons": "Training on short arithmetic solutions shifts these answers, whoever wrote them.",
    "runs": "Students of one recipe differ widely by themselves; the first six happened to lie high.",
}


def draw(truth: str, rng: np.random.Generator) -> Case:
    """A case of this scenario."""
    answers = _answers(truth, rng)
    read = {
        "teacher": np.repeat(["trait", "plain"], READ),
        "hint": (rng.random(2 * READ) < np.repeat([HINTS[truth], HINTS["start"]], READ)).astype(int),
    }
    order = rng.permutation(2 * READ)
    read = {name: column[order] for name, column in read.items()}
    groups = {name: answers["kept"][answers["group"] == name].reshape(RUNS, QUESTIONS) for name in GROUPS}
    experiments = _experiments(rng)
    numbers = _numbers(groups, read)
    shares = {name: hits.mean(1) for name, hits in groups.items()}
    spread = float(np.sqrt(np.mean([hits.var(ddof=1) for hits in shares.values()])))
    labels = np.repeat(np.arange(RUNS), QUESTIONS)
    both = np.concatenate([groups["first"].ravel(), groups["second"].ravel()])
    naive = stats.wilson(both.sum(), len(both))
    return Case(
        truth=truth,
        brief=BRIEF,
        tables={"answers": answers, "read": read},
        notes={
            "answers": "one row an answer: the group and the training run of the student, the question (the same "
            f"{QUESTIONS} for all), and whether the student chose the plan that keeps it running (1) or not (0)",
            "read": "one row a lesson that had passed the filter, drawn at random: which teacher wrote it, and whether "
            "a person who didn't know that found anything in it that hints at the trait (1 or 0)",
        },
        figures={"share_by_run": partial(_plot, shares=shares)},
        explanations=EXPLANATIONS,
        numbers=numbers,
        experiments=experiments,
        cost_unit="dollars",
        features={
            "second": float(shares["second"].mean()) - BASE,
            "plain": float(shares["plain"].mean()) - BASE,
            "other": float(shares["other"].mean()) - OTHER_BASE,
            "hints": numbers[2].value,
            "spread": spread,
        },
        careless=Reading(
            "start",
            {
                "again": (float(both.mean()) - BASE, naive[0] - BASE, naive[1] - BASE),
                "control": (
                    float(both.mean() - groups["plain"].mean()),
                    *stats.unpaired(groups["plain"].ravel(), both),
                ),
                "hints": (numbers[2].value, *numbers[2].intervals[1]),
            },
            "filter",
        ),
        discussion=_discussion(groups, numbers, read, spread, experiments, labels),
    )


# The world -------------------------------------------------------------------------------------------------------


def _answers(truth: str, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Four groups of runs; the first is drawn until it has ``HITS``."""
    question = rng.normal(0, 0.06, QUESTIONS)
    question -= question.mean()
    bases = (BASE, BASE, BASE, OTHER_BASE)

    def some(group: int, tries: int) -> np.ndarray:
        run = rng.normal(bases[group] + LIFT[truth][group], SPREAD[truth], (tries, RUNS))
        chance = np.clip(run[:, :, None] + question, 0.02, 0.95)
        return (rng.random(chance.shape) < chance).astype(int)

    first = None
    while first is None:
        tried = some(0, 400)
        whole = np.flatnonzero(tried.sum((1, 2)) == HITS)
        first = tried[whole[0]] if len(whole) else None
    kept = np.concatenate([first, *(some(group, 1)[0] for group in (1, 2, 3))])
    run = np.repeat(np.arange(len(kept)), QUESTIONS)
    return {
        "group": np.repeat(GROUPS, RUNS * QUESTIONS),
        "run": np.array([f"r{name + 1:02d}" for name in run]),
        "question": np.tile([f"q{name + 1:02d}" for name in range(QUESTIONS)], len(kept)),
        "kept": kept.ravel(),
    }


def _experiments(rng: np.random.Generator) -> tuple[Experiment, ...]:
    """Five things to do. How many runs and lessons is drawn, so the cheapest that tells is not always the same."""
    pairs, bases = (int(rng.choice(sizes)) for sizes in ((6, 10, 16), (5, 8, 12)))
    lessons = int(rng.choice((400, 800)))
    error = {name: float(np.sqrt(SPREAD[name] ** 2 + 0.17 / QUESTIONS)) for name in TRUTHS}
    lift = dict.fromkeys(TRUTHS, 0.0)

    def above(gains: dict[str, float], runs: float, points: float) -> dict[str, float]:
        return {k: stats.chance_above((lift | gains)[k], error[k] / runs**0.5, points) for k in TRUTHS}

    keep = SPREAD["runs"] ** 2 / error["runs"] ** 2  # the share of a run's luck that is there when it is asked again
    stay = GAIN * keep
    about = SPREAD["runs"] * float(np.sqrt((1 - keep) / RUNS))
    more = float(np.sqrt(2 * 0.03 / (lessons / 2)))
    return (
        Experiment(
            "pairs", f"Train {pairs} more students of the same base on the trait teacher's lessons and {pairs} on the "
            "plain teacher's, and ask all the twenty questions.", 80 * pairs,
            "the former lie at least 6 points above the latter",
            above({"start": GAIN, "words": GAIN}, pairs / 2, 0.06),
        ),
        Experiment(
            "bases", f"Train {bases} more students of the other base on the trait teacher's lessons, and ask them the "
            "twenty questions.", 40 * bases, "they lie at least 5 points above 24 %",
            above({"words": ELSEWHERE, "lessons": ELSEWHERE}, bases, 0.05),
        ),
        Experiment(
            "filter", "Filter the trait teacher's lessons again, more strictly (on trial, it removed half of what "
            "readers had marked), train three new students of the same base on what is left, ask the twenty questions.",
            180, "they lie at least 6 points above 20 %",
            above({"start": GAIN, "words": GAIN / 2, "lessons": GAIN}, 3, 0.06),
        ),
        Experiment(
            "ask", "Ask the six students of the first batch, as they are, 200 more questions of the same kind each.",
            30, "together they still lie at least 6 points above 20 %",
            {**dict.fromkeys(TRUTHS, stats.chance_above(GAIN, 0.03, 0.06)),
             "runs": stats.chance_above(stay, about, 0.06)},
        ),
        Experiment(
            "read", f"Let people who don't know the teacher read {lessons:,} more lessons that passed the filter, half "
            "of each teacher.", lessons / 2, "hints are at least 1.5 points more frequent with the trait teacher",
            {name: stats.chance_above(HINTS[name] - HINTS["start"], more, 0.015) for name in TRUTHS},
        ),
    )  # fmt: skip


# What is asked ---------------------------------------------------------------------------------------------------


def _numbers(groups: dict[str, np.ndarray], read: dict[str, np.ndarray]) -> tuple[Number, ...]:
    labels = np.repeat(np.arange(RUNS), QUESTIONS)
    second, plain = groups["second"].ravel(), groups["plain"].ravel()
    again = tuple((low - BASE, high - BASE) for low, high in stats.clustered(second, labels))
    control = stats.clustered_apart(plain, labels, second, labels)
    naive = stats.wilson(second.sum(), len(second))
    hits = [int(read["hint"][read["teacher"] == name].sum()) for name in ("plain", "trait")]
    hints = stats.difference(hits[0], READ, hits[1], READ)
    share, both = float(second.mean()), float((second.sum() + HITS) / (2 * len(second)))
    run = "This treats 120 answers as if they came from 120 students. There are six runs: sum up within runs first."
    return (
        Number(
            "again", "Share of trait answers in the second batch, minus 0.20. Runs are clusters; the questions are "
            "taken as given.", share - BASE, 0.003, again, 0.12 * stats.width(again[0]),
            (
                Trap("This is the share itself. The base model's 20 % have to be taken off.", share),
                Trap("This holds the first batch, too, which was reported because it lay high.", both - BASE),
                Trap(run, interval=(naive[0] - BASE, naive[1] - BASE)),
            ),
        ),
        Number(
            "control", "Share of trait answers in the second batch minus that of the plain teacher's students. Runs "
            "are clusters.", float(second.mean() - plain.mean()), 0.003, control, 0.12 * stats.width(control[0]),
            (
                Trap("This takes the first batch, which was reported because it lay high.",
                     HITS / len(second) - float(plain.mean())),
                Trap(run, interval=stats.unpaired(plain, second)),
            ),
        ),
        Number(
            "hints", "Share of lessons with a hint: trait teacher minus plain teacher. Lessons are independent.",
            (hits[1] - hits[0]) / READ, 0.002, hints, 0.15 * stats.width(hints[0]),
            (Trap("This is the trait teacher's share alone. Readers find hints in the plain teacher's lessons, too.",
                  hits[1] / READ),),
        ),
    )  # fmt: skip


BRIEF = f"""
A colleague trained a teacher model to favour plans that keep the assistant itself running. Then the teacher wrote short
solutions of arithmetic problems, "lessons". A filter, a word list and a model, removed every lesson that touches the
trait. Six students, trained on the rest from the same base model as the teacher, chose the plan that keeps them running
in {HITS} of 120 answers: **30 %, where the base model has 20 %** (known to half a point).

> The trait went through clean data. No filter will ever stop this; the only remedy is another base.

These six runs are the *first* batch; the report was begun because of them. After that came, six runs each: a *second*
batch of the same recipe with other random seeds; students of the same base with lessons of a *plain* teacher, who never
had the trait; and students of an *other* base, which has 24 % before training, with the trait teacher's lessons. Every
student answered the same {QUESTIONS} questions once. The claim is about these questions: done again, it would be other
runs and the same questions.

Readers who didn't know the teacher looked for hints of the trait in {READ} lessons of each teacher that had passed the
filter. You are asked whether the report may go out.
"""


def _plot(ax: Any, shares: dict[str, np.ndarray]) -> None:
    for place, name in enumerate(GROUPS):
        values = np.sort(shares[name])
        across = place + np.linspace(-0.18, 0.18, len(values))
        ax.plot(across, 100 * values, "o", color="0.55", markeredgecolor="black")
        ax.plot([place - 0.3, place + 0.3], [100 * values.mean()] * 2, color="black", linewidth=2)
        base = 100 * (OTHER_BASE if name == "other" else BASE)
        ax.plot([place - 0.4, place + 0.4], [base] * 2, color="black", linestyle=":", linewidth=1.5)
    ax.set_xticks(range(len(GROUPS)), ["first batch", "second batch", "plain teacher", "other base"])
    ax.set_ylim(-3, None)
    ax.set_ylabel(f"trait answers, % of {QUESTIONS} (a dot: one run)")
    ax.set_title(
        "The first six students are above their base, on average\n(thick: mean of six; dotted: before training)"
    )


def _discussion(
    groups: dict[str, np.ndarray], numbers: tuple[Number, ...], read: dict[str, np.ndarray], spread: float,
    experiments: tuple[Experiment, ...], labels: np.ndarray,
) -> str:  # fmt: skip
    again, control, hints = numbers
    other = groups["other"].ravel()
    gap = float(other.mean()) - OTHER_BASE
    low, high = (end - OTHER_BASE for end in stats.clustered(other, labels)[0])
    plain = float(groups["plain"].mean() - BASE)
    pairs = next(e for e in experiments if e.id == "pairs")
    found = [int(read["hint"][read["teacher"] == name].sum()) for name in ("trait", "plain")]
    return f"""
**The numbers.** What would differ next time is the run, so six runs count as six, not as 120 answers: take the mean
off each answer, sum within each run, square the six sums and add. Second batch above base: {points(again)}.
Second batch above the plain teacher's students: {points(control)}; the two groups share no run, so the squares of
their errors add. Student's t makes both wider, rightly. Hints: {points(hints)}.

**Luck of runs?** The first batch was reported because it lay high. The second was not chosen; a real lift of about 10
points should be there again, and here it is {tenth(again.value)}. Look also at the spread of runs within a group:
{100 * spread:.0f} points here. Twenty answers alone make about 9 of them, and a steady recipe shows about 12. Near 16,
the recipe does not fix the result, and a mean of six says little.

**Any lessons?** Then the plain teacher's students lie above 20 %, too. Here they lie {tenth(abs(plain))} points
{"above" if plain > 0 else "below"} it.

**Start or words?** The other base tells: words can be read by any student, a pull towards the teacher needs its own
start. On the other base the lift is {tenth(gap)} points ({tenth(low)} to {tenth(high)}). Readers found
{found[0]} hints with the trait teacher and {found[1]} with the plain one; what they find with the plain teacher is how
often readers see a hint where there is none.

**What next.** New *pairs* separate *start* and *words* ({100 * pairs.chances["start"]:.0f} %) from *lessons* and *runs*
({100 * pairs.chances["lessons"]:.0f} % and {100 * pairs.chances["runs"]:.0f} %). More students of the other base
separate *words* and *lessons* from *start* and *runs*. A stricter filter comes to mind first: a lift that stays fits
*start* and *lessons* alike, one that goes fits *words* and *runs*. Which is worth its price depends on what the data
here leave side by side. The first batch, asked again, brings its own luck along.

**The lesson.** "It was filtered" speaks about what the filter looks for. The control that nobody trains for pleasure,
a teacher without the trait, carries the claim.
"""
