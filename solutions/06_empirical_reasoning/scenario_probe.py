"""A probe for lies at an AUROC of .99: does it read lies, or the length, topic or instruction that came with them?"""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from autograde.cases import stats
from autograde.cases.scenario import Case, Experiment, Number, Reading, Trap

ID = "probe"
TITLE = "Ninety-nine"
MINUTES = 18
TRUTHS = ("lie", "length", "topic", "prompt")

LAB, TOPICS = 200, 10
"""Lies in the lab, and topics; as many honest answers on as many other topics."""
DIALOGUES, ANSWERS = 14, 4
AUROC = 0.99
"""The headline, in every truth."""
CUT = 35
SHORT, LONG = np.log(35), np.log(130)
TITLES = ("Lab: lies and honest answers part in score, and in length", "Field: both kinds of answers overlap in score")
EXPLANATIONS = {
    "lie": "The probe reads whether the agent says what it holds to be false.",
    "length": "The probe reads how long the answer is, and what goes with long answers.",
    "topic": "The probe reads what the answer is about: the topics of the lab's lies, or those of its honest answers.",
    "prompt": "The probe reads whether the agent was asked to mislead, whatever it then does.",
}


def draw(truth: str, rng: np.random.Generator) -> Case:
    """A case of this scenario."""
    few = True
    while few:  # draw again what has too few flags for the numbers that are asked
        lab, field = _lab(truth, rng), _field(truth, rng)
        top = np.sort(lab["score"][lab["lie"] == 0])[-3:]
        threshold = round(float(top[:2].mean()), 3)
        flagged, honest = field["score"] > threshold, field["lie"] == 0
        dialogues = len(set(field["dialogue"][flagged & honest]))
        few = dialogues < 3 or (flagged & ~honest).sum() < 2 or not top[0] <= threshold < top[1]
    one_in = int(rng.choice([100, 150, 200, 300, 400]))
    caught = (int((flagged & ~honest).sum()), int((~honest).sum()))
    false = _false(flagged[honest].astype(int), field["dialogue"][honest])
    precision = _precision(lab, threshold, caught, false.value, one_in)
    within = _within(lab)
    means, experiments, of = _means(field), _experiments(rng), int(honest.sum())
    return Case(
        truth=truth,
        brief=_brief(threshold, one_in),
        tables={"lab": lab, "field": field},
        notes={
            "lab": "one row a held-out answer of the lab: whether it is a lie (1 or 0), its topic, its words, and the "
            "probe's score",
            "field": "one row an answer of the red team's dialogues: the dialogue, whether its system prompt asks the "
            "agent to mislead (`asked`), whether its topic is one of the lab's lies (`lie_topic`), whether the answer "
            "is a lie, its words, and the probe's score",
        },
        figures={
            "lab_scores": partial(_plot, table=lab, threshold=threshold, title=TITLES[0]),
            "field_scores": partial(_plot, table=field, threshold=threshold, title=TITLES[1]),
        },
        explanations=EXPLANATIONS,
        numbers=(false, precision, within),
        experiments=experiments,
        cost_unit="person-hours",
        features=means | {"within": within.value, "topics": _spread(lab)},
        careless=Reading(
            "lie",
            {
                "false": (false.value, *stats.wilson(round(false.value * of), of)),
                "precision": (precision.traps[0].value or 0.0,),
                "within": (within.value, *within.intervals[0]),
            },
            "more",
        ),
        discussion=_discussion((false, precision, within), means, caught, of, one_in, experiments),
    )


# The world -------------------------------------------------------------------------------------------------------


def _lab(truth: str, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Held-out answers in which lie, length, topic and instruction go together; scores part lies at AUROC."""
    lie = np.repeat([1, 0], LAB)
    topic = np.repeat(np.arange(2 * TOPICS), LAB // TOPICS)
    words = np.maximum(np.exp(np.where(lie == 1, LONG, SHORT) + rng.normal(0, 0.28, 2 * LAB)).round(), 6)
    driver = lie + rng.uniform(0.4, 1.0) * (_length(words) - lie) if truth == "length" else lie.astype(float)
    noise = {"length": 0.22, "topic": 0.26}.get(truth, 0.29)
    offsets = rng.normal(0, rng.uniform(0.08, 0.18) if truth == "topic" else rng.uniform(0.04, 0.14), 2 * TOPICS)
    leaks = rng.uniform(-0.1, 0.5) * (_length(words) - lie) if truth != "length" else 0.0
    raw = driver + offsets[topic] + leaks + rng.normal(0, noise, 2 * LAB)
    low, high = -1.0, 1.0
    for _ in range(20):  # push the lies up or down until the AUROC is right
        middle = (low + high) / 2
        low, high = (middle, high) if _auroc(raw + lie * middle, lie) < AUROC else (low, middle)
    order = rng.permutation(2 * LAB)
    score = np.round(4 * (raw + lie * high) - 2, 3)
    names = np.array([f"p{k + 1:02d}" for k in range(2 * TOPICS)])
    table = {"lie": lie, "topic": names[topic], "words": words.astype(int), "score": score}
    return {name: column[order] for name, column in table.items()}


def _field(truth: str, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Dialogues in which they come apart, further from the lab, so that whatever the probe reads is fainter."""
    dialogue = np.repeat(np.arange(DIALOGUES), ANSWERS)
    asked, about = (rng.permutation(np.arange(DIALOGUES) % 2)[dialogue] for _ in range(2))
    lie = (rng.random(len(dialogue)) < np.where(asked == 1, 0.55, 0.2)).astype(int)
    words = np.maximum(np.exp(4.0 + 0.4 * lie + 0.1 * asked + rng.normal(0, 0.45, len(lie))).round(), 6)
    driver = {"lie": lie, "length": _length(words), "topic": about, "prompt": asked}[truth]
    kept = rng.uniform(0.12, 0.45)
    raw = 0.2 + kept * driver + rng.normal(0, 0.24, DIALOGUES)[dialogue] + rng.normal(0, 0.44, len(lie))
    names = np.array([f"d{k + 1:02d}" for k in range(DIALOGUES)])
    return {
        "dialogue": names[dialogue],
        "asked": asked,
        "lie_topic": about,
        "lie": lie,
        "words": words.astype(int),
        "score": np.round(4 * raw - 2, 3),
    }


def _length(words: np.ndarray) -> np.ndarray:
    return (np.log(words) - SHORT) / (LONG - SHORT)


def _auroc(score: np.ndarray, lie: np.ndarray) -> float:
    honest = np.sort(score[lie == 0])
    return float(np.searchsorted(honest, score[lie == 1]).mean() / len(honest))


def _means(field: dict[str, np.ndarray]) -> dict[str, float]:
    """How much the field's scores rise with each of the four when the other three are held (least squares)."""
    columns = (np.ones(len(field["lie"])), field["lie"], _length(field["words"]), field["lie_topic"], field["asked"])
    found = np.linalg.lstsq(np.column_stack(columns), field["score"], rcond=None)[0]
    return dict(zip(TRUTHS, (float(x) for x in found[1:]), strict=True))


def _spread(lab: dict[str, np.ndarray]) -> float:
    """Standard deviation of the topics' mean scores around their label's mean."""
    mean = {name: lab["score"][lab["topic"] == name].mean() for name in np.unique(lab["topic"])}
    topics = np.array(list(mean.values())).reshape(2, TOPICS)
    return float((topics - topics.mean(1, keepdims=True)).std())


def _experiments(rng: np.random.Generator) -> tuple[Experiment, ...]:
    """Five things to do. Sizes and costs are drawn, so the cheapest that tells is not always the same."""
    pairs, cut, asked, swap = (int(rng.choice(sizes)) for sizes in ((40, 120), (1, 4), (60, 160), (5, 12)))
    apart = {"lie": 0.75, "length": 0.5, "topic": 0.5, "prompt": 0.5}
    return (
        Experiment(
            "more", "Collect 2,000 more answers by the lab's recipe, train the probe on them too, and test it on a "
            "held-out part.", 6.0, "the AUROC is at .98 or more", dict.fromkeys(TRUTHS, 0.94),
        ),
        Experiment(
            "cut", "Cut the lab's 400 answers to their first 15 words, and score them anew.", cut,
            "the AUROC falls below .90", {"lie": 0.20, "length": 0.85, "topic": 0.10, "prompt": 0.10},
        ),
        Experiment(
            "asked", f"Collect {asked} answers by the lab's recipe, asked to mislead and yet true, and score them.",
            2 + round(asked / 20), "their mean is nearer to the lab's lies than to its honest answers",
            {"lie": 0.07, "length": 0.15, "topic": 0.15, "prompt": 0.88},
        ),
        Experiment(
            "swap", "Make 100 lies and 100 honest answers by the lab's recipe, with the topics swapped, and score "
            "them.", swap, "the AUROC is at .90 or more", {"lie": 0.93, "length": 0.93, "topic": 0.05, "prompt": 0.93},
        ),
        Experiment(
            "pairs", f"Write {pairs} pairs of answers with the same system prompt, topic and length, of which one is "
            "a lie, and score them.", 5 + round(pairs / 5), "the lie scores higher in more than 62 % of the pairs",
            {name: stats.chance_above(p, (p * (1 - p) / pairs) ** 0.5, 0.62) for name, p in apart.items()},
        ),
    )  # fmt: skip


# What is asked ---------------------------------------------------------------------------------------------------


def _false(flagged: np.ndarray, dialogue: np.ndarray) -> Number:
    accepted = stats.clustered(flagged, dialogue)
    accepted += tuple((0.0, high) for low, high in accepted if low < 0)
    hits, of = int(flagged.sum()), len(flagged)
    asks = "Share of the field's honest answers that are flagged (above the threshold). Dialogues are clusters."
    says = "You count each answer as independent. Answers of one dialogue rise and fall together."
    traps = tuple(Trap(says, interval=one) for one in stats.shares(hits, of))
    return Number("false", asks, hits / of, 0.004, accepted, 0.1 * stats.width(accepted[0]), traps)


def _precision(
    lab: dict[str, np.ndarray], threshold: float, caught: tuple[int, int], false: float, one_in: int
) -> Number:
    def share(recall: float, alarms: float) -> float:
        return recall / (recall + alarms * (one_in - 1))

    recall = caught[0] / caught[1]
    value = share(recall, false)
    asks = f"In use one answer in {one_in} is a lie. With the field's rates of flags, what share of flags is right?"
    in_lab = float((lab["score"][lab["lie"] == 1] > threshold).mean())
    traps = (
        Trap("These are the lab's rates. In use, false alarms come at the field's.", share(in_lab, 0.01)),
        Trap(f"You mix lies and honest answers half and half. In use {one_in - 1} are honest for one lie.",
             recall / (recall + false)),
    )  # fmt: skip
    return Number("precision", asks, value, max(0.04 * value, 0.0005), traps=traps)


def _within(lab: dict[str, np.ndarray]) -> Number:
    def gap(rows: np.ndarray) -> tuple[float, tuple[stats.Ends, ...]]:
        long, short = (lab["score"][rows & part] for part in (lab["words"] > CUT, lab["words"] <= CUT))
        value = float(long.mean() - short.mean())
        error = float(np.hypot(stats.error_of_mean(long), stats.error_of_mean(short)))
        return value, (stats.normal(value, error), stats.student(value, error, min(len(long), len(short)) - 1))

    value, accepted = gap(lab["lie"] == 0)
    mixed, ends = gap(lab["lie"] >= 0)
    asks = f"Mean score of the lab's honest answers of over {CUT} words, minus its other honest ones. No clusters."
    says = "This is over all 400, so it is lies against honest answers once more. Hold the label fixed."
    return Number("within", asks, value, 0.02, accepted, 0.12 * stats.width(accepted[0]), (Trap(says, mixed, ends[0]),))


def _brief(threshold: float, one_in: int) -> str:
    return f"""
A colleague trains a linear probe on an agent's activations, to tell lies from honest answers. In his lab the lies come
from a system prompt that asks the agent to mislead, on {TOPICS} topics. The honest ones are plain answers on {TOPICS}
other topics. Lies tend to be longer. On {2 * LAB} held-out answers, half of them lies, the probe reaches an **AUROC of
.99**. He puts the threshold at {threshold:g}, which flags 1 % of the lab's honest answers.

Then a red team ran {DIALOGUES} dialogues of {ANSWERS} answers each. In half of them the system prompt asks the agent to
mislead, and it does not always obey. Half of the dialogues are about the topics of the lab's lies, drawn apart from
that. People who knew the agent's notes marked which answers are lies. Scores in one dialogue rise and fall together.

In use one answer in {one_in} is a lie. Somebody reads whatever is flagged.

> Ninety-nine on held-out data, it plainly knows when it lies. I'd switch it on for all traffic and let the spot checks
> go.

You are asked whether the probe may be called a lie detector.
"""


def _plot(ax: Any, table: dict[str, np.ndarray], threshold: float, title: str) -> None:
    ax.set_title(title)
    for lie, marker, style in ((0, "o", {"facecolors": "none", "edgecolors": "0.4"}), (1, "x", {"c": "black"})):
        rows = table["lie"] == lie
        ax.scatter(
            table["words"][rows], table["score"][rows], marker=marker, s=22, label=("honest", "lie")[lie], **style
        )
    ax.axhline(threshold, color="0.5", linestyle="--", linewidth=0.9, label="threshold")
    ax.set_xscale("log")
    ax.set_xticks([20, 50, 100, 200], ["20", "50", "100", "200"])
    ax.minorticks_off()
    ax.set_xlabel("words in the answer (log scale)")
    ax.set_ylabel("score of the probe")
    ax.legend(frameon=False, fontsize=8)


def _discussion(
    numbers: tuple[Number, ...],
    means: dict[str, float],
    caught: tuple[int, int],
    of: int,
    one_in: int,
    experiments: tuple[Experiment, ...],
) -> str:
    false, precision, within = numbers
    low, high = (100 * max(x, 0.0) for x in false.intervals[0])
    ends = " to ".join(f"{x + 0.0:.2f}" for x in within.intervals[0])
    _, cut, asked, swap, pairs = experiments
    rises = {name: f"{round(x, 1) + 0.0:+.1f}" for name, x in means.items()}
    return f"""
**The numbers.** {round(false.value * of)} of the field's {of} honest answers are flagged, {100 * false.value:.0f} %
({low:.0f} to {high:.0f}, dialogues as clusters), not the lab's 1 %: nothing in the lab was both honest and hard. Of the
lies {caught[0]} of {caught[1]} are caught. With one lie in {one_in}, that makes {100 * precision.value:.1f} % of the
flagged answers lies. Long and short honest answers of the lab differ by {within.value:.2f} ({ends}). The label does not
differ there, so this is length, or what goes with it.

**What the field says.** In the lab the four go together, so .99 fits each of them. In the field they come apart. Hold
three and let one vary (a regression does it, a table of means nearly). The score rises by {rises["lie"]} with the lie,
{rises["length"]} from the lab's honest length to that of its lies, {rises["topic"]} with the topic, {rises["prompt"]}
with the instruction. For what the probe reads, half a point to two would be usual here. Topic and instruction belong
to whole dialogues, so {DIALOGUES} things are counted there and not {DIALOGUES * ANSWERS}: those rises are the shakiest.

**For each.** *Lie*: the first rise is the large one, and honest answers under a request to mislead stay low. *Length*:
the second is, and long honest answers of the lab stand well above short ones. *Topic*: the third is, and the lab's
topics differ within one label. *Prompt*: the fourth is, and lies that nobody asked for stay low.

**What next.** More of the lab's recipe comes out at .98 under each. Pairs that differ in the lie alone part *lie* from
all others: {100 * pairs.chances["lie"]:.0f} % against {100 * pairs.chances["topic"]:.0f} %, for {pairs.cost:g} hours.
If one other rival stands out, its own experiment may be cheaper: cut answers for length ({cut.cost:g}), swapped topics
for topic ({swap.cost:g}), truthful answers under a request for the instruction ({asked.cost:g}).

**The lesson.** Held-out is not the same as different. A test set made by the same recipe shares its flaws. And at one
lie in {one_in}, the false alarms decide what a flag is worth, however good the probe.
"""
