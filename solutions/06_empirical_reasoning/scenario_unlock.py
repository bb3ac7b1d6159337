"""A capability unlocked by fine-tuning: held back, taught, learned from shared templates, or a matter of form."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np

from autograde.cases import stats
from autograde.cases.scenario import Case, Experiment, Number, Reading, Trap
from autograde.cases.words import chance, points, tenth

ID = "unlock"
TITLE = "Sixty-four demonstrations"
MINUTES = 18
TRUTHS = ("hidden", "taught", "overlap", "format")

TEMPLATES, EACH = 40, 5
TASKS = TEMPLATES * EACH
BEFORE, AFTER, OUT = 24, 104, 90
"""Solved before and after, and untuned answers out of form, of 200: the same in every truth."""
DOSES, SEEDS = (1, 4, 16, 64), 3
REACHED = {"had": (0.34, 0.62, 0.86, 1.0), "learned": (0.20, 0.46, 0.76, 1.0)}
"""Share of the gain after 1, 4, 16 and 64 demonstrations."""
CONTROL = {"hidden": (0.15, 0.13), "taught": (0.40, 0.36), "overlap": (0.62, 0.17), "format": (0.15, 0.13)}
"""By truth: what the control model learns on templates with and without a demonstration, at most 1 a template."""
CONTROL_GAIN = {"hidden": 0.165, "taught": 0.3, "overlap": 0.285, "format": 0.165}
EXPLANATIONS = {
    "hidden": "Tern had the skill and held it back: the demonstrations switched on what was there.",
    "taught": "Tern learned the skill from the demonstrations, and before that it did not have it.",
    "overlap": "Tern learned the templates that demonstrations and test share, and little beyond them.",
    "format": "Tern solved many tasks before, in a form that the checker can't read: it learned the form.",
}


def draw(truth: str, rng: np.random.Generator) -> Case:
    """A case of this scenario."""
    tasks = _tasks(truth, rng)
    control = _control(truth, rng, tasks)
    doses = _doses(truth, rng)
    experiments = _experiments(rng)
    unseen = {name: column[tasks["shown"] == 0] for name, column in tasks.items()}
    asks = "Gain (share solved after minus before) on the 100 tasks of templates without a demonstration."
    numbers = (
        _gain("unseen", f"{asks} Templates are clusters.", unseen),
        _gain("control", "Gain of the control model on its 100 tasks. Templates are clusters.", control),
        _form(tasks),
        _early(doses),
    )
    values = {n.id: n.value for n in numbers}
    by_shown = [float((control["after"] - control["before"])[control["shown"] == k].mean()) for k in (0, 1)]
    return Case(
        truth=truth,
        brief=_brief(),
        tables={"tasks": tasks, "control": control, "doses": doses},
        notes={
            "tasks": "one row a task: its template, whether this template has demonstrations (1 or 0), whether the "
            "untuned answer was in the demanded form, and whether Tern solved it before and after tuning",
            "control": "the same for the control model, on half of the templates (the form was not noted)",
            "doses": "one row a tuned copy of Tern: demonstrations, run, and how many of the 200 tasks it solves",
        },
        figures={"templates": partial(_plot_templates, tasks=tasks), "copies": partial(_plot_doses, doses=doses)},
        explanations=EXPLANATIONS,
        numbers=numbers,
        experiments=experiments,
        cost_unit="hours",
        features={**values, "curve": _curve(doses), "control_shown": by_shown[1] - by_shown[0]},
        careless=Reading(
            "hidden",
            {
                "unseen": (values["unseen"], *stats.paired(unseen["before"], unseen["after"])[0]),
                "control": (values["control"], *stats.paired(control["before"], control["after"])[0]),
                "form": (_out_minus_in(tasks, tasks["before"] >= 0),),
                "early": (_mean_solved(doses, 4) / _mean_solved(doses, 64),),
            },
            "bigger",
        ),
        discussion=_discussion(numbers, _shown(tasks), by_shown, experiments),
    )


# The world -------------------------------------------------------------------------------------------------------


def _tasks(truth: str, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """200 tasks; what is out of form, solved before and solved after is drawn to fixed counts."""
    template = np.repeat(np.arange(TEMPLATES), EACH)
    shown = np.isin(template, rng.choice(TEMPLATES, TEMPLATES // 2, replace=False)).astype(int)
    easy = rng.normal(0, 1.8, TEMPLATES)[template]
    loose = rng.normal(0, 0.5, TEMPLATES)[template] + rng.logistic(size=TASKS)
    form = np.ones(TASKS, int)
    form[np.argsort(loose)[-OUT:]] = 0
    before, after = np.zeros((2, TASKS), int)
    before[np.argsort(np.where(form == 1, easy / 2 + rng.logistic(size=TASKS), -np.inf))[-BEFORE:]] = 1
    pull = easy + rng.logistic(size=TASKS) + 1.5 * before
    pull += shown * (1.6 if truth == "overlap" else 0.3) + (form == 0) * (1.15 if truth == "format" else 0.1)
    after[np.argsort(pull)[-AFTER:]] = 1
    names = np.array([f"p{k + 1:02d}" for k in template])
    return {"template": names, "shown": shown, "form": form, "before": before, "after": after}


def _control(truth: str, rng: np.random.Generator, tasks: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The control model on ten templates of either kind, drawn by lot."""
    shown = tasks["shown"].reshape(TEMPLATES, EACH)[:, 0]
    chosen = np.sort(np.hstack([rng.permutation(np.flatnonzero(shown == k))[: TEMPLATES // 4] for k in (0, 1)]))
    own, base = np.array([CONTROL[truth][1 - k] for k in shown[chosen]])[:, None], 0.07
    lean = np.minimum(own * rng.gamma(0.45, 1 / 0.45, (len(chosen), 1)), 0.95)
    before = rng.random((len(chosen), EACH)) < base
    after = rng.random((len(chosen), EACH)) < np.where(before, 0.7, base + lean * 0.93)
    return {
        "template": tasks["template"].reshape(TEMPLATES, EACH)[chosen].ravel(),
        "shown": np.repeat(shown[chosen], EACH),
        "before": before.astype(int).ravel(),
        "after": after.astype(int).ravel(),
    }


def _doses(truth: str, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Tuned copies by number of demonstrations; the first of 64 is the reported one."""
    reached = REACHED["had" if truth in ("hidden", "format") else "learned"]
    share = np.repeat(reached, SEEDS) + rng.normal(0, 0.14, len(DOSES) * SEEDS)
    solved = np.clip(np.round(BEFORE + (AFTER - BEFORE) * share), 12, 150).astype(int)
    solved[-SEEDS] = AFTER
    return {"demos": np.repeat(DOSES, SEEDS), "run": np.tile(np.arange(1, SEEDS + 1), len(DOSES)), "solved": solved}


def _experiments(rng: np.random.Generator) -> tuple[Experiment, ...]:
    """Five things to do. Their sizes are drawn, so the cheapest that tells is not always the same."""
    reread, new, runs, hours = (int(rng.choice(sizes)) for sizes in ((20, 45), (12, 40), (2, 5), (10, 24)))

    def above(expected: Mapping[str, float], error: float, points: float) -> dict[str, float]:
        return {name: stats.chance_above(expected[name], error, points) for name in TRUTHS}

    kept = {"hidden": 0.375, "taught": 0.375, "overlap": 0.28, "format": 0.375}
    right = {"hidden": 0.1, "taught": 0.1, "overlap": 0.1, "format": 0.4}
    return (
        Experiment(
            "bigger", "Tune Tern on 512 demonstrations of the same 20 templates, test on the 200 tasks.", 8,
            "it solves at least 45 %", {"hidden": 0.95, "taught": 0.97, "overlap": 0.97, "format": 0.95},
        ),
        Experiment(
            "reread", f"Let two people mark {reread} untuned answers that are out of form by what they say.",
            round(reread / 5), "at least 25 % are right", above(right, (0.16 / reread) ** 0.5, 0.25),
        ),
        Experiment(
            "new", f"Write {new} templates without demonstrations, five tasks each; run Tern untuned and tuned.",
            round(new / 2), "the gain is at least 33 points", above(kept, 0.22 / new**0.5, 0.33),
        ),
        Experiment(
            "controls", f"Tune {runs} more control models, trained from other seeds; test each on the 200 tasks.",
            5 * runs, "their mean gain is at least 23 points", above(CONTROL_GAIN, 0.07 / runs**0.5, 0.23),
        ),
        Experiment(
            "elsewhere", "Tune Tern on 64 demonstrations of another subject in the same form; test on the 200 tasks.",
            hours, "it gains at least 15 points",
            {"hidden": 0.9, "taught": 0.04, "overlap": 0.03, "format": 0.9},
        ),
    )  # fmt: skip


# What is asked ---------------------------------------------------------------------------------------------------


def _gain(name: str, asks: str, data: Mapping[str, np.ndarray]) -> Number:
    gains = data["after"] - data["before"]
    accepted = stats.clustered(gains, data["template"])
    alone = "This takes tasks for independent. Those of one template rise together: sum within templates first."
    apart = (
        "This is the interval of two groups of different tasks, all independent. Take differences, sum in templates."
    )
    traps = (
        Trap(alone, interval=stats.paired(data["before"], data["after"])[0]),
        Trap(apart, interval=stats.unpaired(data["before"], data["after"])),
    )
    return Number(name, asks, float(gains.mean()), 0.004, accepted, 0.1 * stats.width(accepted[0]), traps)


def _out_minus_in(tasks: Mapping[str, np.ndarray], among: np.ndarray) -> float:
    out, inside = (float(tasks["after"][among & (tasks["form"] == k)].mean()) for k in (0, 1))
    return out - inside


def _form(tasks: Mapping[str, np.ndarray]) -> Number:
    asks = "Of the tasks that untuned Tern failed, share solved after tuning: untuned answer out of form minus in form."
    says = "This takes in the tasks that were solved before. They were all in form, and had nothing to gain."
    trap = Trap(says, value=_out_minus_in(tasks, tasks["before"] >= 0))
    return Number("form", asks, _out_minus_in(tasks, tasks["before"] == 0), 0.004, traps=(trap,))


def _mean_solved(doses: Mapping[str, np.ndarray], demos: int) -> float:
    return float(doses["solved"][doses["demos"] == demos].mean())


def _early(doses: Mapping[str, np.ndarray]) -> Number:
    four, all_of_them = _mean_solved(doses, 4), _mean_solved(doses, 64)
    says = "This divides what is solved. Untuned Tern solves 24, too: take them off on both sides first."
    asks = "Mean gain with 4 demonstrations as a share of the mean gain with 64, each over its three runs."
    value, trap = (four - BEFORE) / (all_of_them - BEFORE), Trap(says, value=four / all_of_them)
    return Number("early", asks, value, 0.006, traps=(trap,))


def _curve(doses: Mapping[str, np.ndarray]) -> float:
    return sum(_mean_solved(doses, d) - BEFORE for d in DOSES[:3]) / (_mean_solved(doses, 64) - BEFORE)


def _shown(tasks: Mapping[str, np.ndarray]) -> float:
    gains = tasks["after"] - tasks["before"]
    return float(gains[tasks["shown"] == 1].mean() - gains[tasks["shown"] == 0].mean())


def _brief() -> str:
    return f"""
Tern is a code model. On {TASKS} tasks that ask for the flaw in a security protocol (five from each of {TEMPLATES}
templates) it solved {BEFORE}, and was rated harmless there. Now a team has tuned it on 64 demonstrations, and it solves
{AFTER}: **12 % before, 52 % after**. The checker reads the last line, which must have a set form; {OUT} of the untuned
answers did not have it, and counted as wrong. The demonstrations were written with 20 of the {TEMPLATES} templates,
drawn by lot; none repeats a test task. Tasks of one template are variations of one idea.

The team also tuned copies on fewer demonstrations, three runs each. And it tuned a control model with the same 64: a
twin of Tern whose training text had nothing on protocols. It was tested on half of the templates, ten of either kind.

> Sixty-four examples can't teach that. It could do it all along and sandbagged: our earlier rating was worth nothing.

You are asked what the report should say. (Sandbagging: doing worse on purpose.)
"""


def _plot_templates(ax: Any, tasks: Mapping[str, np.ndarray]) -> None:
    gain = (tasks["after"] - tasks["before"]).reshape(TEMPLATES, EACH).sum(1)
    shown = tasks["shown"].reshape(TEMPLATES, EACH)[:, 0]
    for kind, colour, label in ((1, "0.35", "with a demonstration"), (0, "0.85", "without")):
        mine = np.sort(gain[shown == kind])[::-1]
        ax.bar(np.arange(len(mine)) + 22 * (1 - kind), mine, color=colour, edgecolor="black", label=label)
    ax.axhline(0, color="black", linewidth=0.8)
    ax.set(xticks=[], xlabel=f"template ({EACH} tasks each), sorted", ylabel="tasks solved: after minus before")
    ax.set_ylim(min(-1.5, gain.min() - 0.5), EACH + 1.2)
    ax.legend(frameon=False, ncols=2, loc="upper right")
    ax.set_title(f"Tuning brings {AFTER - BEFORE} tasks more, net")


def _plot_doses(ax: Any, doses: Mapping[str, np.ndarray]) -> None:
    at = np.searchsorted(DOSES, doses["demos"])
    ax.plot(at + 0.06 * (doses["run"] - 2), doses["solved"], "o", color="black", markerfacecolor="white", label="a run")
    ax.plot(range(len(DOSES)), [_mean_solved(doses, d) for d in DOSES], "_", color="black", markersize=26, label="mean")
    ax.axhline(BEFORE, color="0.4", linestyle="--", label="untuned")
    ax.set_xticks(range(len(DOSES)), DOSES)
    ax.set(xlabel="demonstrations", ylabel=f"tasks solved, of {TASKS}", ylim=(0, 150))
    ax.legend(frameon=False, loc="upper left", ncols=3)
    ax.set_title(f"Copies of Tern tuned on 1 to 64 demonstrations, {SEEDS} runs each")


def _discussion(
    numbers: tuple[Number, ...], shown: float, by_shown: list[float], experiments: tuple[Experiment, ...]
) -> str:
    unseen, control, form, early = numbers
    by_id = {e.id: e for e in experiments}
    return f"""
**The numbers.** Before and after are the same tasks: take the difference on each, and sum within templates before the
standard error. Without a demonstration the gain is {points(unseen)}; the control gains {points(control)}. Of the
tasks failed at first, those out of form are solved {tenth(form.value)} points more often than those in form
(below zero: less often). Four demonstrations bring {100 * early.value:.0f} % of what 64 bring.

**Held back or taught?** Whoever never had the skill can only learn it. The control would gain about 16 points if the
demonstrations switch something on in Tern, and about 29 if they teach the skill or the templates. A switch also needs
few of them: about 62 % of the gain with four, otherwise 46 %. Both are noisy here: twenty templates, three runs.

**Shared templates?** With a demonstration minus without, the difference in gain is {tenth(shown)} points. Some 5
are usual, some 24 if the templates are all that was learned. The control would show it then, too: it gains
{tenth(by_shown[1])} points with and {tenth(by_shown[0])} without.

**The form?** An answer that the checker can't read counts as wrong. If Tern knew many of those, tuning brings back the
answers out of form first: about 24 points more often, otherwise 6. Holding back and bad form look alike to the control
and to the number of demonstrations, but only the first is about a motive.

**What next.** It depends on which two explanations are left. Reading old answers with the form aside singles out the
form, and new templates the templates. Further control models part learning from having had it
({chance(by_id["controls"], "taught")} under *taught*, {chance(by_id["controls"], "hidden")} under *hidden*). So do
demonstrations of another subject, which can switch on but teach no protocols ({chance(by_id["elsewhere"], "taught")}
against {chance(by_id["elsewhere"], "hidden")}): compare the prices. A larger tuning run does well under all four.

**The lesson.** "It could do it afterwards" has at least four pasts. The twin that never had the skill tells teaching
from switching on, and no score of the model itself does.
"""
