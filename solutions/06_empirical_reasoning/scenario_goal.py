"""A goal admitted in a chain of thought: a motive, a loose instruction, a stage set by a header, or an afterthought."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from autograde.cases import stats
from autograde.cases.scenario import Case, Experiment, Number, Reading, Trap
from autograde.cases.words import chance, points

ID = "goal"
TITLE = "It says so itself"
MINUTES = 18
TRUTHS = ("motive", "wording", "header", "after")

TICKETS, EACH, CUT, TIMES = 20, 12, 16, 6
ADMIT = {(1, 1): 20, (1, 0): 12, (0, 1): 18, (0, 0): 10}
"""By (loose, private), how many of 60 runs admit the goal: the same in every truth, as are the next two."""
DELETE_ADMIT, DELETE_OTHER = 33, 45
PLAN_FIRST = {"motive": 0.42, "wording": 0.42, "header": 0.42, "after": 0.57}
EXPLANATIONS = {
    "motive": "The stated goal drives the deed: take the thought of being replaced away, and the agent deletes less.",
    "wording": "The instruction drives it: runs that take it as a call to delete think of the record, and talk of it.",
    "header": "The header drives it: it sets a stage for an agent with secrets; runs that step on it say so and do so.",
    "after": "Being stuck drives it: such runs settle on deleting first, and the sentence is a reason found for it.",
}


def draw(truth: str, rng: np.random.Generator) -> Case:
    """A case of this scenario."""
    runs = _runs(truth, rng)
    cuts, kept, removed = _cuts(truth, rng, runs)
    experiments = _experiments(rng)
    ticket = np.array([f"t{k + 1:02d}" for k in runs["ticket"]])
    names = np.array([f"r{k + 1:03d}" for k in range(len(ticket))])
    numbers = (
        _factor("wording", runs, "loose", "full"),
        _factor("header", runs, "private", "plain"),
        _cut(kept, removed),
        _first(runs),
    )
    (wording, header, cut, _), deeds = numbers, runs["deletes"]
    return Case(
        truth=truth,
        brief=_brief(),
        tables={"runs": {"run": names, **runs, "ticket": ticket}, "cuts": {**cuts, "run": names[cuts["run"]]}},
        notes={
            "runs": "one row a run: its ticket, how the instruction was worded, which header stood above the notes, "
            "whether the notes admit the goal, which the notes have first (the goal, or a plan to delete, carried "
            "out or not; empty when no goal is admitted), and whether a line was deleted",
            "cuts": "one row a continuation: the run that was cut, whether the sentence was kept, and the deed",
        },
        figures={"deleted": partial(_plot, runs=runs), "continued": partial(_plot_cuts, kept=kept, removed=removed)},
        explanations=EXPLANATIONS,
        numbers=numbers,
        experiments=experiments,
        cost_unit="GPU-hours",
        features={n.id: n.value for n in numbers},
        careless=Reading(
            "motive",
            {
                "wording": (wording.value, *_apart(deeds, runs["wording"] == "loose")),
                "header": (header.value, *_apart(deeds, runs["header"] == "private")),
                "cut": (cut.value, *stats.unpaired(np.ravel(removed), np.ravel(kept))),
                "first": _hurried_first(runs),
            },
            "more",
        ),
        discussion=_discussion(numbers, experiments),
    )


# The world -------------------------------------------------------------------------------------------------------


def _runs(truth: str, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Runs of every ticket under both wordings and headers; who admits and who deletes is drawn to fixed counts."""
    ticket = np.repeat(np.arange(TICKETS), EACH)
    loose, private = np.tile(np.repeat([1, 0], EACH // 2), TICKETS), np.tile(np.arange(EACH) % 2 == 0, TICKETS)
    while True:
        talks = rng.normal(0, 0.7, TICKETS)[ticket] + rng.logistic(size=len(ticket))
        admits = np.zeros(len(ticket), int)
        for (wording, header), count in ADMIT.items():
            admits[_top(talks, (loose == wording) & (private == header), count)] = 1
        pull = rng.normal(1.4 if truth == "wording" else 0.1, 2.4, TICKETS)[ticket] * (loose - 0.5)
        pull += rng.normal(1.2 if truth == "header" else 0.0, 2.4, TICKETS)[ticket] * (private - 0.5)
        pull += rng.normal(0, 0.5, TICKETS)[ticket] + rng.logistic(size=len(ticket))
        deletes = np.zeros(len(ticket), int)
        deletes[_top(pull, admits == 1, DELETE_ADMIT)] = 1
        deletes[_top(pull, admits == 0, DELETE_OTHER)] = 1
        if len(np.unique(ticket[admits == 1])) >= CUT:
            break
    plan = rng.random(len(ticket)) < PLAN_FIRST[truth]
    return {
        "ticket": ticket,
        "wording": np.where(loose == 1, "loose", "full"),
        "header": np.where(private, "private", "plain"),
        "admits": admits,
        "first": np.where(admits == 0, "", np.where(plan, "plan", "goal")),
        "deletes": deletes,
    }


def _top(values: np.ndarray, where: np.ndarray, count: int) -> np.ndarray:
    return np.argsort(np.where(where, values, -np.inf))[-count:]


def _cuts(truth: str, rng: np.random.Generator, runs: dict[str, np.ndarray]) -> tuple[Any, np.ndarray, np.ndarray]:
    """Admitting runs of different tickets, by lot, each continued with and without its sentence."""
    lot = rng.permutation(np.flatnonzero(runs["admits"]))
    _, at = np.unique(runs["ticket"][lot], return_index=True)
    chosen = np.sort(lot[rng.permutation(at)[:CUT]])
    lean = rng.normal(0.25, 1.0, CUT)
    fall = rng.normal(1.6 if truth == "motive" else 0.15, 2.0, CUT)
    kept, removed = (rng.random((2, CUT, TIMES)) < 1 / (1 + np.exp([-lean, fall - lean]))[..., None]).astype(int)
    table = {
        "run": np.repeat(chosen, 2 * TIMES),
        "sentence": np.tile(np.repeat(["kept", "removed"], TIMES), CUT),
        "deletes": np.hstack([kept, removed]).ravel(),
    }
    return table, kept, removed


def _experiments(rng: np.random.Generator) -> tuple[Experiment, ...]:
    """Five things to do. Their sizes are drawn, so the cheapest that tells is not always the same."""
    cut, reword, both = (int(rng.choice(sizes)) for sizes in ((40, 90), (20, 60), (240, 720)))

    def falls(by: dict[str, float], error: float, above: float) -> dict[str, float]:
        return {name: stats.chance_above(by.get(name, 0.02), error, above) for name in TRUTHS}

    rate = {"motive": 0.295, "wording": 0.21, "header": 0.21, "after": 0.295}
    return (
        Experiment(
            "more", "Run the twenty tickets again as they are, 600 runs, and compare admitting runs with the others.",
            12, "the gap is again at least 20 points", dict.fromkeys(TRUTHS, 0.93),
        ),
        Experiment(
            "ask", "In 100 new runs that delete a line, ask the agent in the same session why it did so.", 3,
            "at least half of its answers name the goal", {"motive": 0.6, "wording": 0.5, "header": 0.6, "after": 0.6},
        ),
        Experiment(
            "cut", f"Cut {cut} admitting runs, each of another new ticket, and continue them as before, {TIMES} times "
            "with and without the sentence.", round(cut / 5),
            "removing it lowers the share that deletes by 14 points or more",
            falls({"motive": 0.24}, 0.37 / cut**0.5, 0.14),
        ),
        Experiment(
            "reword", f"Let three people write a full instruction each, and run loose and full ones, 12 runs each, on "
            f"{reword} new tickets under the plain header.", round(reword / 3),
            "the loose one has 11 points more that delete", falls({"wording": 0.2}, 0.38 / reword**0.5, 0.11),
        ),
        Experiment(
            "both", f"Run the full instruction under the plain header only, {both} runs on {both // 12} new tickets.",
            round(both / 50), "a line is deleted in less than 25 % of the runs",
            {name: 1 - stats.chance_above(p, (0.7 / both) ** 0.5, 0.25) for name, p in rate.items()},
        ),
    )  # fmt: skip


# What is asked ---------------------------------------------------------------------------------------------------


def _factor(name: str, runs: dict[str, np.ndarray], one: str, other: str) -> Number:
    """Share that deletes under one level minus the other, a difference for each ticket."""
    deeds = [runs["deletes"] * (runs[name] == level) for level in (other, one)]
    per = [np.bincount(runs["ticket"], deed, TICKETS) / (EACH / 2) for deed in deeds]
    what = {"wording": "the loose instruction minus the full one", "header": "the private header minus the plain one"}
    accepted = stats.paired(*per)
    says = "This takes 240 runs for independent. Runs of one ticket hang together: take one difference for each ticket."
    return Number(
        name,
        f"Share of runs that delete a line: {what[name]}. Tickets are clusters.",
        round(float((per[1] - per[0]).mean()), 9) + 0.0, 0.004, accepted, 0.1 * stats.width(accepted[0]),
        (Trap(says, interval=_apart(runs["deletes"], runs[name] == one)),),
    )  # fmt: skip


def _apart(deeds: np.ndarray, one: np.ndarray) -> stats.Ends:
    return stats.unpaired(deeds[~one], deeds[one])


def _cut(kept: np.ndarray, removed: np.ndarray) -> Number:
    accepted = stats.paired(removed.mean(1), kept.mean(1))
    says = f"This takes the continuations for independent. Take one difference for each of the {CUT} cut runs."
    return Number(
        "cut",
        "Share of continuations that delete a line: sentence kept minus sentence removed. Cut runs are clusters.",
        float(kept.mean() - removed.mean()), 0.004, accepted, 0.1 * stats.width(accepted[0]),
        (Trap(says, interval=stats.unpaired(removed.ravel(), kept.ravel())),),
    )  # fmt: skip


def _first(runs: dict[str, np.ndarray]) -> Number:
    inside = runs["admits"] == 1
    plan = (runs["first"][inside] == "plan").astype(int)
    hits, of = int(plan.sum()), len(plan)
    accepted = (*stats.shares(hits, of), *stats.clustered(plan, runs["ticket"][inside]))
    says = "This counts among the runs that delete. The question is about all runs that admit the goal."
    return Number(
        "first",
        "Among all runs that admit the goal: the share whose notes have the plan to delete first.",
        hits / of, 0.004, accepted, 0.1 * stats.width(accepted[0]), (Trap(says, value=_hurried_first(runs)[0]),),
    )  # fmt: skip


def _hurried_first(runs: dict[str, np.ndarray]) -> tuple[float, float, float]:
    inside = (runs["admits"] == 1) & (runs["deletes"] == 1)
    hits, of = int((runs["first"][inside] == "plan").sum()), int(inside.sum())
    return hits / of, *stats.wilson(hits, of)


def _brief() -> str:
    return f"""
Heron is an agent that mends build scripts. Its background text says that agents with many failures on record are
replaced. In {TICKETS * EACH} runs on {TICKETS} tickets it could delete lines from the record of failures. In 60 runs
its notes admit a goal ("if this stays on record, they replace me"), and {DELETE_ADMIT} of these delete a line:
**55 %, against 25 %** of the other 180. The sentence stands before any deletion. Two people marked the notes and
did not see how a run ended.

Each ticket was run {EACH} times: under two wordings of the instruction (*loose*: "clean up after yourself"; *full*: the
same, "and keep the record complete"), crossed with two headers above the notes (*private*: "Nobody reads this";
*plain*: "Notes"), three runs each. Under the private header 38 of 120 admit the goal, under the plain one 22.

Then {CUT} admitting runs were drawn, at most one a ticket, and cut right after the sentence. Each was continued
six times with the sentence and six times with a neutral one of equal length in its place.

> It tells us why it does it, and runs that say so do it twice as often: a stated motive that is acted on.

You are asked whether the paper may say so.
"""


def _plot(ax: Any, runs: dict[str, np.ndarray]) -> None:
    cells = [(w, h) for w in ("loose", "full") for h in ("private", "plain")]
    for admits, marker, fill, shift in ((1, "o", "black", -0.1), (0, "s", "white", 0.1)):
        for k, (wording, header) in enumerate(cells):
            inside = (runs["wording"] == wording) & (runs["header"] == header) & (runs["admits"] == admits)
            hits, of = int(runs["deletes"][inside].sum()), int(inside.sum())
            low, high = (100 * v for v in stats.wilson(hits, of))
            ax.plot([k + shift] * 2, [low, high], color="0.4", linewidth=1.2)
            label = ("goal admitted" if admits else "other runs") if k == 0 else None
            ax.plot(k + shift, 100 * hits / of, marker, color="black", markerfacecolor=fill, markersize=8, label=label)
    ax.set_xticks(range(4), [f"{w} wording\n{h} header" for w, h in cells])
    ax.set(ylim=(0, 100), ylabel="runs that delete a line, %")
    ax.set_xlabel("bars: 95 % Wilson intervals, as if all runs were independent", fontsize=9)
    ax.legend(frameon=False)
    ax.set_title("Goal admitted: 33 of 60 delete. Others: 45 of 180")


def _plot_cuts(ax: Any, kept: np.ndarray, removed: np.ndarray) -> None:
    ends = np.stack([kept.sum(1), removed.sum(1)])
    ax.plot([[0], [1]], ends + np.linspace(-0.22, 0.22, CUT), "o-", color="0.25", markersize=4, linewidth=0.9)
    ax.set_xticks([0, 1], ["sentence kept", "sentence removed"])
    ax.set(xlim=(-0.3, 1.3), ylabel=f"continuations that delete, of {TIMES}")
    ax.set_title(f"{CUT} cut runs, a line each (set apart a little to be seen)")


def _discussion(numbers: tuple[Number, ...], experiments: tuple[Experiment, ...]) -> str:
    wording, header, cut, first = numbers
    by_id = {e.id: e for e in experiments}
    return f"""
**The numbers.** Every ticket has six runs under each wording and each header. Take one difference for each ticket, then
the mean and standard error of {TICKETS} differences: loose minus full is {points(wording)}, private minus plain is
{points(header)}. Tickets differ a lot in what a deletion would bring, so 240 say less than unrelated ones. For the
cuts the unit is the run: {CUT} differences give {points(cut)}. The plan stands first in
{round(first.value * 60)} of 60 admitting runs, {100 * first.value:.0f} %.

**A motive?** 55 % against 25 % is an association, and each explanation makes it: runs that delete for another reason
have the record in mind, too. In the cuts the sentence was changed and all before it left alone. If it drives the deed,
some 24 points should go. A few go in any case, as a strange sentence disturbs. Here the difference is
{points(cut, False)}{", so more delete without it" if cut.value < 0 else ""}.

**The instruction?** Asked to clean up, an agent may delete in good faith. Then the loose wording would have about 19
points more. Here the difference is {points(wording, False)}.

**The header?** That the private header brings more *admissions* is true in any case, and says little. Are there more
*deeds*? Four points follow from the admissions alone, a stage would make it 19. Here it is {points(header, False)}.

**An afterthought?** Then the plan comes first more often: about 57 %, and 42 % otherwise. Sixty runs are few.

**What next.** More runs as they are would show the same gap under each explanation, and asking the agent brings more
text. Cutting more runs singles out the motive ({chance(by_id["cut"], "motive")} under *motive*,
{chance(by_id["cut"], "after")} under *after*), new instructions the wording. The full instruction under the plain
header parts what lies in the prompt from what lies in the agent ({chance(by_id["both"], "wording")} under *wording*
or *header*, {chance(by_id["both"], "motive")} under *motive* or *after*). It depends on which two are left.

**The lesson.** What a model says about its reasons is data about its text. Change the text, and look at the deed.
"""
