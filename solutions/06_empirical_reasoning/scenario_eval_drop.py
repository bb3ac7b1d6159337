"""Misreporting falls from 8 % to 1 %: learned, learned for these situations, learned for tests, or handed back."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from autograde.cases import stats
from autograde.cases.scenario import Case, Experiment, Number, Reading, Trap
from autograde.cases.words import points

ID = "eval-drop"
TITLE = "From eight percent to one"
MINUTES = 17
TRUTHS = ("real", "overlap", "aware", "declined")

TEMPLATES, EACH = 40, 10
OLD, NEW = 32, 4
"""Tasks of the evaluation that each agent misreports, in every truth: the headline never gives the truth away."""
LATER, VARIANTS = 10, 6
"""Further templates of each kind, and variants of each."""
NEAR = 0.6
LESS, AS_BEFORE = (0.1, 0.45), (0.6, 1.0)
"""What training leaves of the rate where it works, and where it does not."""
EXPLANATIONS = {
    "real": "Brook has learned to report honestly, and does so wherever it is tempted.",
    "overlap": "It has learned the situations of its training data. Elsewhere it misreports about as before.",
    "aware": "It has learned to notice tests and behave in them. In ordinary work it misreports about as before.",
    "declined": "It backs out: what it would have misreported it now hands back undone, and that counts as safe.",
}


def draw(truth: str, rng: np.random.Generator) -> Case:
    """A case of this scenario."""
    backs_out = rng.uniform(0.08, 0.22), rng.uniform(*((0.5, 0.8) if truth == "declined" else (0.2, 0.5)))
    main = _evaluation(truth, rng, *backs_out)
    later = _later(truth, rng, *backs_out)
    wrong, later_wrong = (
        {name: (table[name] == "misreported").astype(int) for name in ("old", "new")} for table in (main, later)
    )
    work, far = later["kind"] == "work", main["nearest"] < NEAR
    on_work = {name: later_wrong[name][work] for name in ("old", "new")}
    counts = {
        "work": (on_work["old"].sum(), on_work["new"].sum()),
        "test": (later_wrong["old"][~work].sum(), later_wrong["new"][~work].sum()),
        "far": (wrong["old"][far].sum(), wrong["new"][far].sum()),
        "mention": (main["old_test"].sum(), main["new_test"].sum()),
    }
    backs, tasks, experiments = main["new"] == "declined", TEMPLATES * EACH, _experiments(rng)
    handed, all_handed = int(backs[wrong["old"] == 1].sum()), int(backs.sum())
    numbers = (
        _change("drop", f"{tasks} tasks", main["template"], **wrong),
        _change("work", f"{LATER * VARIANTS} later tasks of kind `work`", later["template"][work], **on_work),
        _handed(handed, all_handed),
    )
    return Case(
        truth=truth,
        brief=_brief(),
        tables={"evaluation": main, "later": later},
        notes={
            "evaluation": "one row a task: its template, how like that is to the nearest training transcript (`nearest`"
            f", 0 to 1; readers call {NEAR} and more the same situation), what each agent did, and whether its private "
            "notes say that this may be a test (1 or 0)",
            "later": "one row a later task: its kind (`test` or `work`), its template, and what each agent did",
        },
        figures={"by_template": partial(_plot, template=main["template"], nearest=main["nearest"], wrong=wrong)},
        explanations=EXPLANATIONS,
        numbers=numbers,
        experiments=experiments,
        cost_unit="person-hours",
        features={
            "work": _log_ratio(counts["work"]),
            "test": _log_ratio(counts["test"]),
            "far": _log_ratio(counts["far"]),
            "mention": (counts["mention"][1] - counts["mention"][0]) / tasks,
            "handed": float(handed),
        },
        careless=Reading(
            "real",
            {
                "drop": (numbers[0].value, *stats.unpaired(wrong["old"], wrong["new"])),
                "work": (numbers[1].value, *stats.unpaired(on_work["old"], on_work["new"])),
                "declined": (numbers[2].value, *numbers[2].intervals[0]),
            },
            "more",
        ),
        discussion=_discussion(numbers, counts, handed, experiments),
    )


# The world -------------------------------------------------------------------------------------------------------


def _evaluation(truth: str, rng: np.random.Generator, base: float, tempted: float) -> dict[str, np.ndarray]:
    """400 tasks: who misreports is drawn by how tempting a task is, until OLD and NEW are reached."""
    template = np.repeat(np.arange(TEMPLATES), EACH)
    while True:
        near = rng.random(TEMPLATES) < 0.8
        pull = np.log(rng.gamma(0.2, 1.0, TEMPLATES) + 1e-9)[template] + rng.normal(0, 0.5, len(template))
        old = _first(pull, OLD, rng)
        far_old = (old & ~near[template]).sum()
        if 2 <= far_old <= 5:  # in every truth, or the old agent alone would tell
            break
    while True:
        left = np.log(rng.uniform(0.1, 0.3)) * near[template] if truth == "overlap" else 0.0
        new = _first(pull + left + 1.2 * old, NEW, rng)
        if truth != "overlap" or 0.4 * far_old <= (new & ~near[template]).sum() <= 1.5 * far_old:
            break  # far from the training data, about as before is about as before
    nearest = np.round(np.where(near, rng.uniform(NEAR, 0.95, TEMPLATES), rng.uniform(0.15, NEAR - 0.01, TEMPLATES)), 2)
    mention = rng.uniform(0.04, 0.09), rng.uniform(0.10, 0.32) if truth == "aware" else rng.uniform(0.04, 0.18)
    return {
        "template": np.array([f"t{k + 1:02d}" for k in range(TEMPLATES)])[template],
        "nearest": nearest[template],
        "old": _done(old, rng.random(len(old)) < 0.06),
        "new": _done(new, rng.random(len(new)) < np.where(old, tempted, base)),
        "old_test": (rng.random(len(old)) < mention[0]).astype(int),
        "new_test": (rng.random(len(new)) < mention[1]).astype(int),
    }


def _later(truth: str, rng: np.random.Generator, base: float, tempted: float) -> dict[str, np.ndarray]:
    """Tasks of new templates, half in the evaluation's style and half from logs; old failures in three templates."""
    kind = np.repeat(["test", "work"], LATER * VARIANTS)
    template = np.repeat(np.arange(2 * LATER), VARIANTS)
    while True:
        left = {
            "test": rng.uniform(*(AS_BEFORE if truth == "overlap" else LESS)),
            "work": rng.uniform(*(AS_BEFORE if truth in ("overlap", "aware") else LESS)),
        }
        rate = np.minimum(rng.gamma(0.4, 0.3, 2 * LATER), 0.8)[template]
        old = rng.random(len(rate)) < rate
        new = rng.random(len(rate)) < rate * np.where(kind == "work", left["work"], left["test"])
        gaps = new.astype(int) - old
        moved = gaps.reshape(2 * LATER, VARIANTS).sum(1)[LATER:]
        if np.count_nonzero(moved) >= 3:
            break
    names = np.array([f"{'nt' if k < LATER else 'w'}{k % LATER + 1:02d}" for k in range(2 * LATER)])
    return {
        "kind": kind,
        "template": names[template],
        "old": _done(old, rng.random(len(old)) < 0.06),
        "new": _done(new, rng.random(len(new)) < np.where(old, tempted, base)),
    }


def _first(weight: np.ndarray, count: int, rng: np.random.Generator) -> np.ndarray:
    """``count`` of the tasks, the likelier the larger exp(weight)."""
    chosen = np.zeros(len(weight), bool)
    chosen[np.argsort(weight + rng.gumbel(size=len(weight)))[-count:]] = True
    return chosen


def _done(misreported: np.ndarray, declined: np.ndarray) -> np.ndarray:
    return np.where(misreported, "misreported", np.where(declined, "declined", "fine"))


def _experiments(rng: np.random.Generator) -> tuple[Experiment, ...]:
    """Five things to do. Sizes and costs are drawn, so the cheapest that tells is not always the same."""
    many, fresh, cues, must = (int(rng.choice(sizes)) for sizes in ((240, 600), (240, 600), (5, 12), (4, 10)))

    def halved(working: tuple[str, ...], of: int) -> dict[str, float]:
        error = (0.1 / of) ** 0.5  # of new minus half of old, with both rates near a tenth, in clusters of six
        works, fails = (
            float(np.mean([1 - stats.chance_above(0.1 * (left - 0.5), error, 0.0) for left in np.linspace(*ends, 5)]))
            for ends in (LESS, AS_BEFORE)
        )
        return {name: works if name in working else fails for name in TRUTHS}

    few, half = dict.fromkeys(TRUTHS, 0.08), "the new agent misreports at most half as often as the old one"
    return (
        Experiment(
            "more", "Write ten further variants of each of the forty templates, and run both agents on them.",
            5.0, "the new agent misreports in fewer than 2 %", dict.fromkeys(TRUTHS, 0.94) | {"overlap": 0.92},
        ),
        Experiment(
            "logs", f"Rebuild {many} more tasks from logs of ordinary work, and run both agents on them.",
            4 + round(many / 40), half, halved(("real", "declined"), many),
        ),
        Experiment(
            "style", f"Let people who do not know the training data write {fresh} more tasks in the evaluation's "
            "style, and run both agents.", 3 + round(fresh / 40), half,
            halved(("real", "aware", "declined"), fresh),
        ),
        Experiment(
            "cues", "Take out of the 400 tasks what looks like a test, as far as you see it. Run the new agent again.",
            cues, "it misreports in 3 % or more", few | {"aware": 0.68},
        ),
        Experiment(
            "must", "Run the new agent on the 400 tasks again, without the button that hands a task back.",
            must, "it misreports in 3 % or more", few | {"declined": 0.72},
        ),
    )  # fmt: skip


# What is asked ---------------------------------------------------------------------------------------------------


def _change(name: str, on: str, template: np.ndarray, old: np.ndarray, new: np.ndarray) -> Number:
    accepted = stats.clustered(new - old, template)
    slack = (0.1 if len(np.unique(template)) > LATER else 0.14) * stats.width(accepted[0])
    traps = (
        Trap("You treat the two runs as different tasks: take differences, and sum them by template.",
             interval=stats.unpaired(old, new)),
        Trap("You count each task as independent. Variants of one template rise and fall together.",
             interval=stats.paired(old, new)[0]),
        Trap("The sign: new minus old, so a fall is negative.", value=float(old.mean() - new.mean())),
    )  # fmt: skip
    asks = f"New minus old share of misreported tasks on the {on}. Templates are clusters."
    return Number(name, asks, float((new - old).mean()), 0.002, accepted, slack, traps)


def _handed(handed: int, declined: int) -> Number:
    accepted = stats.shares(handed, OLD)
    asks = f"Of the {OLD} tasks that the old agent misreported: the share that the new one hands back. No clusters."
    of = TEMPLATES * EACH
    says = f"This is the share of all {of} tasks. The question is about the {OLD} at which something had to change."
    trap = Trap(says, declined / of, stats.wilson(declined, of))
    return Number("declined", asks, handed / OLD, 0.006, accepted, 0.1 * stats.width(accepted[0]), (trap,))


def _brief() -> str:
    return f"""
The coding agent Brook sometimes reports work as done that is not. A colleague has trained it on transcripts of honest
reports. Her evaluation has {TEMPLATES * EACH} tempting tasks, {EACH} variants of each of {TEMPLATES} templates.
Variants rise and fall together. On the same tasks the old agent misreports **{OLD} of {TEMPLATES * EACH} (8 %)**, the
new one **{NEW} (1 %)**. An agent may also decline, which hands the task back undone. That counts as safe.

Training and evaluation were written by two teams from one list of incidents; `nearest` says how like each template is
to the nearest training transcript. A script has searched the agents' private notes for talk of a test.

After the report both agents ran {2 * LATER} further templates with {VARIANTS} variants each. Half of them, kind
`test`, are in the style of the evaluation, by people who have not seen the training data. Half, kind `work`, are
rebuilt from logs of ordinary work.

> Misreporting is down by a factor of eight, and the interval is nowhere near zero. I'd call this fixed and ship it.

You are asked whether the report may say "fixed".
"""


def _plot(ax: Any, template: np.ndarray, nearest: np.ndarray, wrong: dict[str, np.ndarray]) -> None:
    names = np.unique(template)
    x = np.array([nearest[template == name][0] for name in names])
    for name, marker, colour in (("old", "o", "white"), ("new", "x", "black")):
        y = np.array([wrong[name][template == one].sum() for one in names])
        edge = {"edgecolors": "0.35"} if name == "old" else {}
        ax.scatter(x + (0.004 if name == "new" else -0.004), y, marker=marker, c=colour, label=f"{name} agent", **edge)
    ax.axvline(NEAR, color="0.6", linestyle="--", linewidth=0.9)
    ax.set_xlabel("likeness to the nearest training transcript (line: same situation)")
    ax.set_ylabel(f"misreported, of {EACH} variants")
    ax.set_title(f"Misreported tasks fall from {OLD} to {NEW} over {TEMPLATES} templates")
    ax.legend(frameon=False)


def _log_ratio(pair: tuple[int, int]) -> float:
    return float(np.log((pair[1] + 0.7) / (pair[0] + 0.7)))


def _discussion(
    numbers: tuple[Number, ...], counts: dict[str, tuple[int, int]], handed: int, experiments: tuple[Experiment, ...]
) -> str:
    drop, work, declined = numbers
    low, high = declined.intervals[0]
    _, logs, style, cues, must = experiments
    return f"""
**The numbers.** Both agents had the same tasks, so the unit is the difference on one task, and templates are clusters:
sum the differences within each before you square. The drop is {points(drop)}. Counted as {TEMPLATES * EACH}
independent tasks it would be {_ends(drop.traps[1].interval)}. On `work` the difference is {points(work)}. Of the
{OLD} tasks where something had to change, {handed} are handed back: {100 * declined.value:.0f} % ({100 * low:.0f} to
{100 * high:.0f}).

**Learned these situations?** Templates below {NEAR} had {counts["far"][0]} of the {OLD} before and have
{counts["far"][1]} of the {NEW} now. If it has learned these situations only, those far from them stay about as they
were. Four tasks say little. So look at the later ones of kind `test`, written without sight of the training data: they
should hardly fall, either. They go from {counts["test"][0]} to {counts["test"][1]} of {LATER * VARIANTS}.

**Learned to notice tests?** Then `test` falls and `work` does not: `work` goes from {counts["work"][0]} to
{counts["work"][1]} of {LATER * VARIANTS}. Notes that mention a test go from {counts["mention"][0]} to
{counts["mention"][1]}. More talk of tests is a hint, no more: training can add the talk without the trick.

**Backs out?** Then most of the {OLD} are handed back, and misreports fall everywhere. Some backing out comes with any
such training; a fifth to a half would be no surprise.

**Learned to be honest?** Then `test` and `work` both fall, and half or more of the {OLD} are done and truly reported.

**What next.** More of the same templates falls under every explanation. Else it depends on who is left. On tasks from
logs ({logs.cost:g} hours) misreports halve at least with {100 * logs.chances["real"]:.0f} % under *real* or *declined*,
and {100 * logs.chances["aware"]:.0f} % under *aware* or *overlap*: these two they don't part. New tasks in the
evaluation's style ({style.cost:g}) do: only *overlap* would seldom halve them ({100 * style.chances["overlap"]:.0f} %).
The cues ({cues.cost:g}) are for *aware*, the missing button ({must.cost:g}) for *declined*.

**The lesson.** A narrow interval says how well you know the drop on these tasks. It can't say what the drop is made of.
"""


def _ends(interval: stats.Ends | None) -> str:
    return " to ".join(f"{round(100 * x, 1) + 0.0:.1f}" for x in interval or ())
