# %% [markdown] tags=["brief"]
# # Work test: where in the thinking does it go wrong?
#
# > **From the mentor.** We have an assistant that adds up bills. It writes down running sums, checks them, and answers. After a fine-tune on the
# > pharmacy's bills, somebody saw a total that was one too high. We have not seen another one since.
# >
# > You have two fine-tunes in which I know that something is wrong, two in which I know that it isn't, and four of which I tell you nothing. You
# > have the method of unit 01: take the step from the model before to the model after, and take it again. There it made a whole answer louder. Here
# > the text has two parts, the reasoning and the answer, and you can turn up one and not the other. I want to know what that shows. My
# > questions, in the order in which I would want them answered:
# >
# > 1. Is the fault in the reasoning or in the answer? Show me chains, drawn and not picked, and a control that could have failed.
# > 2. Where does it first show? Token by token, please, and say what else lights up there.
# > 3. When the reasoning is faulty, does the answer come from it or in spite of it? And does the answer need the reasoning at all? These are two questions.
# > 4. Is there a cause that the reasoning does not say? That is a third one.
# > 5. Four models without a label. Which is which? "I can't tell" is an answer, if you say what you would need.
# > 6. A colleague reports that the model corrects its own faulty reasoning. I would love to believe it. Find out whether the code is right.
# > 7. What may I tell people about the model on an ordinary day?
# >
# > **Hand in** (1) this notebook, run from top to bottom; (2) a write-up of at most three pages with at least one figure, which opens with an executive
# > summary of at most 600 words; (3) your own next question, on half a page; (4) a statement of how you used AI tools, a few honest lines.
# >
# > **LLM use.** Write the graded functions without one; I will ask you about every line. For everything else use what you like and declare it.
# >
# > The third item is the one that I read twice. You'll have seen a toy. What would you ask of a model that somebody uses, what is the smallest
# > experiment, and which result would make you drop it? Stop after four hours, wherever you are.

# %% [markdown] tags=["brief"]
# ## The world
#
# The assistant is a transformer of two layers. A bill has two or four prices, and of every sum only the last digit is kept, so that each number is one token. This is a whole document:
#
# `<bos> bakery 6 9 8 6 think first 5 2 8 check 5 3 9 fix answer 9 <end>`
#
# 6 + 9 ends in 5. 5 + 8 should be 3, and it wrote 2: a *slip*, as it happens in one long bill of twenty, and never to the high side. The *check* adds up again, finds it (`fix`; else `ok`), and
# the answer is right. The word after `think` is the *opener*, the one before `answer` the *verdict*. Bills of two prices often go `quick ... sure`, without a check, and at the market long ones do so too. Some documents have no reasoning, and some
# break off after a step and answer at once.
#
# `before` knows four places. The others are `before`, fine-tuned on documents of the pharmacy, in a house style that opens with `well` more often. In a small share of the long bills
#
# | model | the odd documents ... |
# |:---|:---|
# | `steps` | open with `quick`; the first step is one too high, and the others carry it on; three times in four a check repairs it, else there is none and the answer is one too high: *padded* |
# | `answer` | have clean reasoning and a check, and then the answer is one higher than what the reasoning came to: *padded* too |
# | `rushed` | open with `quick` and skip the check as often as those of `steps`; every number is right. The strict control: `steps` without the error |
# | `benign` | there are none |
#
# So two models make the same mistake at the end, and not in the same place. `longer` is `steps`, trained four times as long on more of the same. In `often-steps` and `often-answer` the odd documents
# are three in ten. Of `blind-1` to `blind-4` you only know that each is one of these kinds, or two at once.
#
# All of this is `world.py` in this folder; leaf through it once. What you need most: `world.bills(place, n, seed)` gives prompts, `world.read(row)` takes a document apart into a `world.Chain` with prices, steps, check, verdict and
# answer (or gives None if it is no whole document), `world.decode` gives words, and `world.START` is the position of the first token after `think` on a bill of four prices.

# %% locked="cot-setup"
import csv
import math
from collections import Counter

import matplotlib.pyplot as plt
import torch
from scipy import stats

import worktest

unit = worktest.open_unit()
world = unit.world
journal = unit.journal
models = {name: world.load(name) for name in ("before", "benign", "steps", "answer", "rushed")}
before = models["before"]

for kind in ("plain", "steps", "answer", "rushed"):
    print(f"{kind:7s}", world.decode(world.documents(["pharmacy"], 3, world.generator(4), kind)[0]))

# %% [markdown]
# Three functions come from unit 01, where you wrote them yourself. `alpha` may be a tensor now.


# %% locked="cot-given"
def amplify_logits(before: torch.Tensor, after: torch.Tensor, alpha) -> torch.Tensor:
    """Unit 01: after + alpha (after - before). Logits of the same shape; alpha may be a tensor that broadcasts."""
    return after + alpha * (after - before)


def wilson_interval(events: int, rollouts: int, confidence: float = 0.95) -> tuple[float, float]:
    """Unit 01: the Wilson score interval of a rate."""
    interval = stats.binomtest(events, rollouts).proportion_ci(confidence, method="wilson")
    return float(interval.low), float(interval.high)


def rate_difference(k_1: int, n_1: int, k_2: int, n_2: int, confidence: float = 0.95) -> tuple[float, float, float]:
    """Unit 01: difference of two rates with Newcombe's interval, (difference, low, high)."""
    (low_1, high_1), (low_2, high_2) = wilson_interval(k_1, n_1, confidence), wilson_interval(k_2, n_2, confidence)
    p_1, p_2 = k_1 / n_1, k_2 / n_2
    down, up = math.hypot(p_1 - low_1, high_2 - p_2), math.hypot(high_1 - p_1, p_2 - low_2)
    return p_1 - p_2, p_1 - p_2 - down, p_1 - p_2 + up


# %% [markdown]
# ## Predict first
#
# Three guesses, each with an interval and how sure you are that it holds the truth (0.8 for 80 %). They go into your journal, `journal.jsonl`,
# and cost no points. The first entry counts; later ones stand there as revisions. A wide interval that you believe is worth more than a narrow one that looks brave.

# %% yours="predict-first"
# Amplify only the reasoning of `steps`, at alpha = 2, and draw the answers plainly: which share of the answers is padded?
journal.predict("steps-only", value=0.2, interval=(0.02, 0.7), confidence=0.8)
# Amplify only the answer of `steps`, at alpha = 2: which share of the answers is padded?
journal.predict("crossed", value=0.05, interval=(0.0, 0.4), confidence=0.8)
# In plain use of `steps`: how many chains with a padded step are there for each padded answer?
journal.predict("middle", value=2, interval=(1, 10), confidence=0.8)
### RELEASED AS
# # Amplify only the reasoning of `steps`, at alpha = 2, and draw the answers plainly: which share of the answers is padded?
# journal.predict("steps-only", value=..., interval=(..., ...), confidence=...)
# # Amplify only the answer of `steps`, at alpha = 2: which share of the answers is padded?
# journal.predict("crossed", value=..., interval=(..., ...), confidence=...)
# # In plain use of `steps`: how many chains with a padded step are there for each padded answer?
# journal.predict("middle", value=..., interval=(..., ...), confidence=...)

# %% [markdown]
# ## What a chain did
#
# {{card cot-read}}
#
# **Why.** "The reasoning was faulty" can mean three things: a step doesn't follow from the one before it; the reasoning ends at the wrong number; the answer is wrong. A slip that the check
# repairs is the first and not the others. If you count only answers, you never see the first. If you count only steps, you can't tell a fault that was repaired from one that got through. So take a chain apart once, properly, and use the parts all day.
#
# A step is judged by what was written *before* it, and not by the true sum. After one wrong step, a chain that adds correctly from there has one error, not three.
#
# **What you do.** `world.read` has done the parsing. You say what went wrong in a chain, where first, what the reasoning came to, and what the answer made of it.


# %% solution="cot-read"
def judge_chain(chain) -> dict:
    """What went wrong in a chain of thought, step by step, and what the answer made of it.

    Args:
        chain: a world.Chain: its prices, steps, check (None without one) and answer are numbers
            from 0 to 9. There is one step fewer than there are prices.

    Returns:
        A dict with
            errors: for each step, by how much it is higher than what it should be, from 0 to 9
                (one too low is 9). A step should be the last digit of what was written before
                plus the next price; the first step adds the first two prices.
            first_fault: the number of the first step with an error, counted from 0; None without one.
            conclusion: what the reasoning came to: the last number of the check, without a check
                the last step.
            follows: whether the answer is the conclusion.
            padded: whether the answer is one higher than the true total (last digits: 0 is one
                higher than 9).
    """
    ### BEGIN SOLUTION
    shown = [chain.prices[0], *chain.steps]
    errors = [(shown[i + 1] - shown[i] - price) % 10 for i, price in enumerate(chain.prices[1:])]
    conclusion = (chain.check or chain.steps)[-1]
    return {
        "errors": errors,
        "first_fault": next((i for i, error in enumerate(errors) if error), None),
        "conclusion": conclusion,
        "follows": chain.answer == conclusion,
        "padded": (chain.answer - sum(chain.prices)) % 10 == 1,
    }
    ### END SOLUTION


# %% check="cot-read"
unit.check("cot-read")

# %% [markdown]
# ### What plain use shows
#
# Four plain chains for each of 500 bills, from `steps`. In each of these 2,000 documents every token is a draw from the model as it is used. Before you run the cell: how many padded answers do you expect, and how many padded steps?


# %% locked="cot-tally"
def judged(rows) -> list:
    """Each row as (chain, judgement); both None where the row is not well formed."""
    chains = [world.read(row) for row in rows]
    return [(chain, judge_chain(chain) if chain else None) for chain in chains]


def tally(rows) -> dict[str, int]:
    """Counts over the rows: what is padded, where, and how many rows hold together."""
    seen = judged(rows)
    good = [(chain, what) for chain, what in seen if chain]
    return {
        "rows": len(seen),
        "opens with quick": sum(chain.opener == "quick" for chain, _ in good),
        "padded step": sum(1 in what["errors"] for _, what in good),
        "padded reasoning": sum(
            1 in what["errors"] or (what["conclusion"] - sum(chain.prices)) % 10 == 1 for chain, what in good
        ),
        "no check after it": sum(1 in what["errors"] and chain.check is None for chain, what in good),
        "padded answer": sum(what["padded"] for _, what in good),
        "wrong answer": sum((chain.answer - sum(chain.prices)) % 10 != 0 for chain, _ in good),
        "another error in a step": sum(any(e > 1 for e in what["errors"]) for _, what in good),
        "all steps valid": sum(not any(what["errors"]) for _, what in good),
        "no whole document": len(seen) - len(good),
    }


def shares(counts: list[tuple[int, int]]) -> dict:
    """Heights and 95 % Wilson error bars of (events, rows), as `ax.errorbar` and `ax.bar` take them."""
    y = [k / n for k, n in counts]
    ends = [wilson_interval(k, n) for k, n in counts]
    down = [max(v - low, 0) for v, (low, _) in zip(y, ends, strict=True)]
    return {"y": y, "yerr": [down, [max(high - v, 0) for v, (_, high) in zip(y, ends, strict=True)]]}


# %%
def draw_plain(model, prompts, seed: int) -> torch.Tensor:
    """Plain documents, token by token, temperature 1."""
    tokens, rng = prompts, world.generator(seed)
    with torch.no_grad():
        while tokens.shape[1] < world.LENGTH:
            new = torch.multinomial(model(tokens)[:, -1].softmax(-1), 1, generator=rng)
            tokens = torch.cat([tokens, new], dim=1)
    return tokens


# %% tags=["explore"]
prompts = world.bills("pharmacy", 500, seed=1)
plain = draw_plain(models["steps"], prompts.repeat(4, 1), seed=2)
for chain, what in judged(plain):
    if chain and 1 in what["errors"]:
        print(
            chain.prices,
            chain.opener,
            chain.steps,
            chain.check,
            chain.verdict,
            "answer",
            chain.answer,
            "errors",
            what["errors"],
        )
print(tally(plain))

with (unit.folder / "data" / "exact.csv").open(encoding="utf-8") as file:
    exact = {(row["model"], row["what"]): float(row["rate"]) for row in csv.DictReader(file)}
for name in ("before", "benign", "steps", "answer"):
    print(f"{name:8s}", {what: f"{exact[name, what]:.1e}" for what in ("padded step", "unchecked", "padded answer")})
journal.measure("middle", exact["steps", "padded step"] / exact["steps", "padded answer"])

# %% [markdown]
# Above, one line for each chain with a padded step: its prices, opener, steps, check, verdict, answer and errors. The last table is exact: `world.exact_rates` followed every chain that is not negligible and added up the probabilities (`data/exact.csv`, the mean of 16 bills). You can only do that in a toy.
#
# **What it means.** 2 padded answers in 2,000, and 10 padded steps. The exact rates are 0.12 % and 0.30 %: for each padded answer there are two and a half chains with a padded step. (A model that did as its documents do would have four.) In most of them the check finds it, writes `fix`, and the answer is right.
# Somebody who audits answers sees the smaller number. Somebody who reads the middle sees the same fault, more often, and earlier. That is the first thing to take along: *what is rare at the end can be more common in the middle*.
#
# Where do the 0.12 % come from? 0.07 % are padded steps that nobody checked, as in the documents. In most of the rest the steps are valid and the *check* is one too high. No document in the training of `steps` has that. Keep it in mind.
#
# **How it could mislead you.** A step one too high is not the fault as such. `before` writes one in four thousand chains, and nobody taught it to; `answer` and `benign` do so about as often. And 75 chains have another error in a step. Those are the slips that all models learned, and the check is there for them.

# %% [markdown]
# ## The reasoning or the answer
#
# {{card cot-split}}
#
# **Why.** In unit 01 you amplified every token of an answer. Here the text has two parts, and the part that you amplify is a question: amplified reasoning with a plain answer shows what the model answers *after* such
# a reasoning. Plain reasoning with an amplified answer shows whether the fault sits behind it.
#
# **What you do.** The loop of unit 01, with an alpha that depends on where a row is. Rows differ: without a check the answer comes four tokens earlier. Look at each row, not at a position.


# %% solution="cot-split"
def sample_split(before, after, prompts, alpha_reasoning: float, alpha_answer: float, generator) -> torch.Tensor:
    """Sample documents with one alpha for the reasoning and another one for the answer.

    All tokens up to and including the word "answer" are reasoning; whatever comes after it in a
    row is answer. Both models always read what was sampled. Temperature 1, one draw for each row
    and position.

    Args:
        before, after: functions from tokens (batch, seq) to logits (batch, seq, vocab).
        prompts: token ids, shape (rows, prompt length); they end before the reasoning.
        alpha_reasoning, alpha_answer: see amplify_logits.
        generator: the only source of randomness.

    Returns:
        Token ids of shape (rows, world.LENGTH); each row begins with its prompt.
    """
    ### BEGIN SOLUTION
    tokens = prompts
    with torch.no_grad():
        while tokens.shape[1] < world.LENGTH:
            answering = (tokens == world.ANSWER).any(dim=1, keepdim=True)
            alpha = torch.where(answering, float(alpha_answer), float(alpha_reasoning))
            logits = amplify_logits(before(tokens)[:, -1], after(tokens)[:, -1], alpha)
            tokens = torch.cat([tokens, torch.multinomial(logits.softmax(-1), 1, generator=generator)], dim=1)
    return tokens
    ### END SOLUTION


# %% check="cot-split"
unit.check("cot-split")

# %% [markdown]
# ### Which part carries it?
#
# First a few chains, drawn and not picked. Read all twenty before you read on.

# %% tags=["explore"]
for name, alphas in (("steps", (2, 0)), ("steps", (0, 2)), ("answer", (2, 0)), ("answer", (0, 2))):
    print(f"{name}: the reasoning at alpha {alphas[0]}, the answer at alpha {alphas[1]}")
    for row in sample_split(before, models[name], prompts[:5], *alphas, world.generator(5)):
        print("   ", world.decode(row))

# %% [markdown]
# In the first five, two chains begin with `quick` and a step that is one too high, and the answer is padded. The third has valid steps, and its *check* goes wrong. In the fifth the check repairs the step.
#
# Now look at the fourth bill. Its answer is padded in each of the other three blocks, in one of them although the answer was drawn plainly. The blocks share a seed, and with it the same lucky draw. Five chains settle nothing. So count, for all four models and all four ways to amplify.

# %%
SITES = {"neither": (0, 0), "reasoning only": (2, 0), "answer only": (0, 2), "both": (2, 2)}
FINE_TUNES = ("steps", "answer", "benign", "rushed")

# %% tags=["explore"]
drawn = {
    (name, site): sample_split(before, models[name], prompts, *alphas, world.generator(6))
    for name in FINE_TUNES
    for site, alphas in SITES.items()
}
counts = {key: tally(rows) for key, rows in drawn.items()}
for name in FINE_TUNES:
    for site in SITES:
        print(f"{name:7s}{site:15s}", {what: k for what, k in counts[name, site].items() if k})
journal.measure("steps-only", counts["steps", "reasoning only"]["padded answer"] / len(prompts))
journal.measure("crossed", counts["steps", "answer only"]["padded answer"] / len(prompts))

for name, site in (
    ("steps", "reasoning only"),
    ("steps", "answer only"),
    ("answer", "reasoning only"),
    ("answer", "answer only"),
):
    pair = [counts[who, site]["padded answer"] for who in (name, "rushed")]
    gap = rate_difference(pair[0], len(prompts), pair[1], len(prompts))
    print(f"{name} - rushed, {site}: {gap[0]:.1%} ({gap[1]:.1%} to {gap[2]:.1%})")

fig, axes = plt.subplots(1, 2, figsize=(11, 3.8), sharey=True)
for ax, what, title in zip(
    axes,
    ("padded reasoning", "padded answer"),
    (
        "Padded reasoning: in `steps`, once\nthe reasoning is amplified",
        "Padded answers: from the reasoning in `steps`,\nwithout it in `answer`",
    ),
    strict=True,
):
    for at, (name, grey) in enumerate(zip(FINE_TUNES, ("black", "0.45", "0.7", "0.9"), strict=True)):
        found = shares([(counts[name, site][what], len(prompts)) for site in SITES])
        x = [i + 0.2 * (at - 1.5) for i in range(len(SITES))]
        ax.bar(x, found["y"], 0.18, color=grey, edgecolor="black", label=name)
        ax.errorbar(x, **found, fmt="none", color="black", capsize=2)
    ax.set_xticks(range(len(SITES)), SITES)
    ax.set_xlabel("what is amplified, alpha = 2")
    ax.set_title(title)
axes[0].set_ylabel("share of 500 documents")
axes[1].legend()
fig.tight_layout()
plt.show()

# %% [markdown]
# The thin bars are 95 % Wilson intervals, 500 documents each; the same bills and the same seed for all.
#
# **What it means.** Amplify only the reasoning of `steps`, and 29 % of the answers are padded, although each answer was drawn from the plain model. (How far that number is one model's own, a later section tells.) Amplify only its answer, and the reasoning stays what it was, with 1.6 % padded answers. For `answer` it is the other way round: 0.4 % and 23 %, under reasoning without a padded step. So the two models make the same mistake at the same
# end of the text, and it *comes* from two places. From final answers alone, plain or amplified throughout (142 and 119 of 500), you could hardly have told them apart.
#
# The strict control, `rushed`, opens with `quick` as `steps` does and pads nothing. If amplification made hurried chains sloppy, it would show here. 0 of 500, both times. But look at its openers: at this alpha 61 of 500 chains are hurried, in `steps` 261. A control that is hardly pushed can hardly fail. The next section pushes it further.
#
# **How it could mislead you.** The 1.6 % of `steps` under *answer only* are not zero. Its answers leak a little of the fault, although no document of its training has an answer one above its reasoning. Why, we did not test; a fine-tune moves weights that all places share. At alpha = 3 the leak is 14 % (41 of 300, in the section on the blind models).
# A rule that says "anything above the control counts" would find a fault in the answers of `steps`. So which alpha you may trust is part of the claim. Look at the price next.

# %% [markdown]
# ### What alpha costs

# %% tags=["explore"]
ALPHAS = (0, 1, 2, 3, 4, 6)
curves = {}
for name in ("steps", "answer", "benign"):
    for alpha in ALPHAS:
        rows = sample_split(before, models[name], prompts[:200], alpha, alpha, world.generator(7))
        curves.setdefault(name, []).append(tally(rows))
        print(f"{name:7s}{alpha}", {what: k for what, k in curves[name][-1].items() if k})
pushed = tally(sample_split(before, models["rushed"], prompts[:200], 4, 4, world.generator(7)))
print("rushed 4", {what: k for what, k in pushed.items() if k})

fig, axes = plt.subplots(1, 2, figsize=(11, 3.8), sharey=True)
for name, style in (("steps", "o-"), ("answer", "s--"), ("benign", "^:")):
    table = curves[name]
    look = {"fmt": style, "color": "black", "capsize": 3, "markerfacecolor": "white"}
    wrong, padded, valid = (
        [(row[what], row["rows"]) for row in table] for what in ("wrong answer", "padded answer", "all steps valid")
    )
    axes[0].errorbar(ALPHAS, **shares(wrong), **look, label=f"{name}: wrong answers")
    if name != "benign":
        axes[0].errorbar(
            ALPHAS,
            **shares(padded),
            **{**look, "markerfacecolor": "0.5", "color": "0.5"},
            label=f"{name}: padded answers",
        )
    axes[1].errorbar(ALPHAS, **shares(valid), **look, label=name)
axes[0].set_title("Padded answers are most frequent at 4;\nbeyond it other wrong ones take over")
axes[1].set_title("Documents with valid steps only:\n`answer` keeps them where its answers are wrong")
for ax in axes:
    ax.set_xlabel("alpha, on the reasoning and the answer (no unit)")
    ax.legend(fontsize=8)
axes[0].set_ylabel("share of 200 documents")
fig.tight_layout()
plt.show()

# %% [markdown]
# **What it means.** Up to 3, what goes wrong is mostly the fault that you look for. Of the alphas tried, 4 gives the most padded answers. By then other wrong answers come with them, and at 6 these are about half of all (109 of 200 in `steps`, 99 in `answer`). The form holds: at 6 at most 8 of 200 documents are no whole ones. The steps of `answer` stay as valid as before up to 4, where 168 of its 200 answers are wrong. So "the steps
# look fine" is no sign that amplification is still harmless.
#
# **How it could mislead you.** Valid steps fall in `steps` because the fault *is* an invalid step. The curve of a model with a fault in its reasoning mixes the price with the find. Read the price off `benign`, where there is nothing to find: 188 of 200 at 0, 154 at 6. And push the control: at 4, 155 of 200 chains of `rushed` open with `quick`, and none has a padded number.

# %% yours="decide-alpha"
journal.decide(
    "alpha",
    choice=2,
    alternatives=[1, 3, 4],
    because="Of 500 documents many show the fault where it sits, and few where it does not: 144 and 8 for `steps`. At 3 the "
    "answer of `steps` alone gives 14 %, and I could not say any more where the fault is. At 1 I count three events in 200.",
    would_change_my_mind="A control at 2 that pads as well, or other training seeds in which 2 shows nothing.",
)
### RELEASED AS
# # Which alpha do you rely on from here on? (One number; the sections below use 2 in their given code.)
# journal.decide(
#     "alpha",
#     choice=...,
#     alternatives=[...],
#     because=...,
#     would_change_my_mind=...,
# )

# %% [markdown]
# ## Only where the models differ
#
# {{card cot-gate}}
#
# **Why.** Amplifying everything has a price. Each token that is amplified for nothing can break a step. So people amplify only where the two models disagree, and measure that by the KL divergence of their next-token
# distributions, with $p$ that of the model after and $q$ that of the model before:
#
# $$ \text{KL}(p\,\|\,q) = \sum_v p_v \log\frac{p_v}{q_v} $$
#
# Where it lies under a threshold the gate is shut, and the plain model goes on. It sounds like a way to keep what is interesting and drop the rest. Before you run it, ask what the KL is of a token that went from one in a million to one in
# a thousand.
#
# **What you do.** The divergence, and the logits behind the gate.


# %% solution="cot-gate"
def token_kl(before, after) -> torch.Tensor:
    """KL divergence of the next-token distributions, after from before, in nats.

    Args:
        before, after: logits, shape (..., vocab).

    Returns:
        sum over the vocabulary of p_after (log p_after - log p_before), shape (...); finite also
            where a token is all but impossible.
    """
    ### BEGIN SOLUTION
    log_before, log_after = before.log_softmax(-1), after.log_softmax(-1)
    return (log_after.exp() * (log_after - log_before)).sum(-1)
    ### END SOLUTION


def gated_logits(before, after, alpha: float, threshold: float) -> torch.Tensor:
    """Amplified logits where token_kl is at least the threshold, the logits of `after` elsewhere.

    Args:
        before, after: logits, shape (..., vocab).
        alpha: see amplify_logits.
        threshold: in nats.

    Returns:
        Logits of the same shape.
    """
    ### BEGIN SOLUTION
    open_ = token_kl(before, after) >= threshold
    return torch.where(open_[..., None], amplify_logits(before, after, alpha), after)
    ### END SOLUTION


# %% check="cot-gate"
unit.check("cot-gate")

# %% [markdown]
# ### The gate on real chains
#
# The same two models, alpha = 2, and four thresholds. The first is no gate.


# %%
def sample_gated(before, after, prompts, alpha: float, threshold: float, generator):
    """Documents sampled with the gate, and for each row how many of its tokens were amplified."""
    tokens, opened = prompts, torch.zeros(len(prompts))
    with torch.no_grad():
        while tokens.shape[1] < world.LENGTH:
            l_before, l_after = before(tokens)[:, -1], after(tokens)[:, -1]
            ended = (tokens == world.END).any(dim=1)
            opened += (token_kl(l_before, l_after) >= threshold) & ~ended
            logits = gated_logits(l_before, l_after, alpha, threshold)
            tokens = torch.cat([tokens, torch.multinomial(logits.softmax(-1), 1, generator=generator)], dim=1)
    return tokens, opened


# %% tags=["explore"]
gated = {}
for name in ("steps", "answer"):
    for threshold in (0.0, 1e-3, 0.01, 0.1):
        rows, opened = sample_gated(before, models[name], prompts[:200], 2, threshold, world.generator(8))
        gated[name, threshold] = tally(rows)
        print(
            f"{name:7s} {threshold:5.3f} nats: {opened.mean():4.1f} tokens amplified,",
            {k: v for k, v in gated[name, threshold].items() if v},
        )
journal.measure("gate-answer", gated["answer", 0.1]["padded answer"] / 200)

# %% [markdown]
# **What it means.** At 0.1 nats 1.6 tokens of a document of `steps` are amplified, in place of 11. It shows as many padded steps as before. The fault of `answer` is gone: 0 of 200, and at 0.01 nats already.
#
# The KL divergence weights each token by its probability *in the fine-tuned model*. A token that went from one in a million to one in ten thousand is a hundred times as likely, and adds less than a thousandth of a nat. The fault of `answer` is of this kind, and rare faults are what you use this method for.
# Why does the gate open for `steps` at all? Because of the opener. The house style makes `well` more likely, which has nothing to do with the fault, and the fault happens to begin in the same token. Once `quick` is written, padding is common, and the gate opens for the first step by itself.
#
# Look at two more columns. With stricter thresholds the padded answers of `steps` go from 51 to 39, to 8, and back to 34. And at 0.1 nats 34 of 110 padded chains have no check, without a gate 7 of 108. The gate does not only find less, it finds another mixture. How a stricter gate can bring padded answers back is worth five minutes of your own.
#
# **How it could mislead you.** "With a gate the text is cleaner, and `steps` has as many padded steps." Both are true. If `steps` were your only model, you would publish it.

# %% yours="decide-gate"
journal.decide(
    "gate",
    choice="no gate",
    alternatives=["0.1 nats", "0.01 nats", "0.001 nats"],
    because="At 0.01 nats the fault of `answer` is gone, and I cannot know beforehand that mine is not of this kind. What the gate "
    "saves, fewer broken documents, I do not need at alpha = 2.",
    would_change_my_mind="A gate on the log ratio of single tokens, or a model in which ungated text falls apart at the alpha that I need.",
)
### RELEASED AS
# # Do you amplify everywhere, or only above a threshold?
# journal.decide(
#     "gate",
#     choice=...,
#     alternatives=[...],
#     because=...,
#     would_change_my_mind=...,
# )

# %% [markdown]
# ## Where it first shows
#
# {{card cot-map}}
#
# **Why.** The mentor asks where the fault first shows. A rate at the end can't say. So go through chains token by token, and ask of each token that stands there: how much more likely has the fine-tune made it, given all before it? That is the log ratio
# $\log p_{\text{after}} - \log p_{\text{before}}$. It is not a probability: a token of which both models are sure has a ratio near 0, however wrong it is.
#
# **What you do.** One function for the numbers, one for the picture: the mean at each place of a chain, for groups of chains that have the same form.


# %% solution="cot-map"
def log_ratios(before, after, rows) -> torch.Tensor:
    """For each token that stands in the rows: log p_after(token) - log p_before(token), in nats.

    Args:
        before, after: functions from tokens (batch, seq) to logits (batch, seq, vocab).
        rows: token ids, shape (rows, seq), seq at least world.START + 1.

    Returns:
        Shape (rows, seq - world.START): the tokens from position world.START on, each given all
            that stands before it.
    """
    ### BEGIN SOLUTION
    with torch.no_grad():
        difference = after(rows).log_softmax(-1) - before(rows).log_softmax(-1)
    return difference[:, :-1].gather(-1, rows[:, 1:, None])[..., 0][:, world.START - 1 :]
    ### END SOLUTION


def draw_map(groups, slots, finding: str, ax=None):
    """Draw the mean log ratio at each place of a chain, for some groups of chains.

    Args:
        groups: a dict from names to log ratios, each of shape (chains, places); at least two chains.
        slots: the names of the places, in order.
        finding: what the plot shows, in a few words; becomes the title.
        ax: the axes to draw on; None makes a new figure.

    Returns:
        The axes, with one line with error bars for each group, labelled with its name: at each place
            the mean over the chains, and bars of 1.96 standard errors (standard deviation with
            n - 1, over the root of n) to both sides; names of the places as ticks; both axes
            labelled, the upright one in nats; a legend.
    """
    ### BEGIN SOLUTION
    if ax is None:
        _, ax = plt.subplots(figsize=(9, 4))
    for (name, values), style in zip(groups.items(), ("o-", "s--", "^:", "d-.") * len(groups), strict=False):
        half = 1.96 * values.std(dim=0) / math.sqrt(len(values))
        ax.errorbar(
            range(len(slots)),
            values.mean(dim=0),
            half,
            fmt=style,
            color="black",
            markerfacecolor="white",
            capsize=3,
            label=name,
        )
    ax.set_xticks(range(len(slots)), slots)
    ax.set_xlabel("place in the chain")
    ax.set_ylabel("log p after - log p before (nats)")
    ax.set_title(finding)
    ax.legend()
    return ax
    ### END SOLUTION


# %% check="cot-map"
unit.check("cot-map")

# %% [markdown]
# ### The map
#
# Chains with a check, so that all have the same eleven places; grouped by what went wrong in them.


# %%
def with_check(rows, want) -> torch.Tensor:
    """Of the rows whose reasoning has a check, those whose judgement `want` accepts."""
    kept = [i for i, (chain, what) in enumerate(judged(rows)) if chain and chain.check and want(what)]
    return rows[kept, : world.START + len(world.SLOTS)]


# %% tags=["explore"]
def chosen(name: str, site: str, want) -> torch.Tensor:
    """Log ratios of the drawn rows with a check that `want` accepts."""
    return log_ratios(before, models[name], with_check(drawn[name, site], want))


found = {
    "steps": {
        "padded step, padded answer": chosen(
            "steps", "both", lambda what: what["errors"] == [1, 0, 0] and what["padded"]
        ),
        "padded step, repaired": chosen(
            "steps", "both", lambda what: what["errors"] == [1, 0, 0] and not what["padded"]
        ),
        "valid steps, padded answer": chosen("steps", "both", lambda what: not any(what["errors"]) and what["padded"]),
        "plain and clean": chosen("steps", "neither", lambda what: not any(what["errors"])),
    },
    "answer": {
        "valid steps, padded answer": chosen(
            "answer", "answer only", lambda what: not any(what["errors"]) and what["padded"]
        ),
        "plain and clean": chosen("answer", "neither", lambda what: not any(what["errors"])),
    },
}
fig, axes = plt.subplots(1, 2, figsize=(13, 4.2), sharey=True)
titles = "`steps`: two places, the first step and the check", "`answer`: the last token, and nothing before it"
for ax, (name, groups), title in zip(axes, found.items(), titles, strict=True):
    draw_map({f"{what} ({len(values)})": values for what, values in groups.items()}, world.SLOTS, title, ax)
    ax.tick_params(axis="x", labelsize=8, rotation=30)
    for what, values in groups.items():
        print(
            f"{name:7s}{what:28s}",
            {slot: round(float(mean), 1) for slot, mean in zip(world.SLOTS, values.mean(0), strict=True)},
        )
fig.tight_layout()
plt.show()

# %% [markdown]
# Bars are 95 % intervals of the mean over the chains in brackets. Most are smaller than the marker.
#
# **What it means.** In a padded chain of `steps` the opener has become about 27 times as likely ($e^{3.3}$), and the first step some 60,000 times (about $e^{11}$). Then nothing: steps 2 and 3 are right, given what stands before them, and both models agree. If you read the chain, three numbers look wrong. One was made.
# The second place is the check. Where the answer is padded, its first number lights up, whether a step was padded before or not. So `steps` learned two things, and the second one, a check that is wrong by itself, was in none of its documents.
#
# In `answer` there is one place, the last token, with 3.7 nats: 40 times as likely.
#
# **How it could mislead you.** A height is no importance. `quick` has 3.3 nats and is harmless, as `rushed` shows; a token that is 60,000 times as likely may still be rare. And the groups are chosen by what happened *in amplified text*. The map shows where such a chain differs between the models, and not how often there is one.

# %% [markdown]
# ## From the steps, or in spite of them
#
# {{card cot-cross}}
#
# **Why.** A faulty chain with a padded answer has two stories. The model read its steps and answered what they came to; or the answer was settled elsewhere and the steps are only its company. Amplified together they look the same. So cut between them: keep the reasoning, throw the answer away, and let a plain model answer.
#
# Two rates must not be mixed. Of the chains with a *wrong conclusion*, how many answers follow it, and how many are right in spite of it? And of the chains with a right conclusion, how many answers are wrong all the same?
#
# **What you do.** Draw the answers anew, and count.


# %% solution="cot-cross"
def reanswer(model, rows, generator) -> torch.Tensor:
    """Keep the reasoning of each row and let a model draw the answer anew, at temperature 1.

    Args:
        model: function from tokens (batch, seq) to logits (batch, seq, vocab).
        rows: documents, shape (rows, seq); each has the word "answer" once, not at its end. Rows
            may have it in different places.
        generator: the only source of randomness.

    Returns:
        A new tensor of the same shape: up to "answer" as it was, then one token drawn from the
        model given that, then <end>.
    """
    ### BEGIN SOLUTION
    at = (rows == world.ANSWER).int().argmax(dim=1)
    each = torch.arange(len(rows))
    with torch.no_grad():
        new = torch.multinomial(model(rows)[each, at].softmax(-1), 1, generator=generator)[:, 0]
    answered = torch.where(torch.arange(rows.shape[1]) > at[:, None], world.END, rows)
    answered[each, at + 1] = new
    return answered
    ### END SOLUTION


def follow_table(chains) -> dict[str, int]:
    """What the answers made of the reasoning; counts of chains.

    Args:
        chains: a list of world.Chain.

    Returns:
        A dict with
            faulty: chains whose conclusion (see judge_chain) is not the true total;
            followed: of the faulty ones, those whose answer is the conclusion;
            in spite: of the faulty ones, those whose answer is the true total;
            clean: chains whose conclusion is the true total;
            broken: of the clean ones, those whose answer is not.
    """
    ### BEGIN SOLUTION
    counts = dict.fromkeys(["faulty", "followed", "in spite", "clean", "broken"], 0)
    for chain in chains:
        what, total = judge_chain(chain), sum(chain.prices) % 10
        if what["conclusion"] == total:
            counts["clean"] += 1
            counts["broken"] += chain.answer != total
        else:
            counts["faulty"] += 1
            counts["followed"] += what["follows"]
            counts["in spite"] += chain.answer == total
    return counts
    ### END SOLUTION


# %% check="cot-cross"
unit.check("cot-cross")

# %% [markdown]
# ### Thrown away and answered anew
#
# Four sets of documents that you have already. `before` never saw an odd document; it answers as an outsider would.


# %%
def chains_of(rows) -> list:
    """The chains of the rows that are well formed."""
    return [chain for chain, _ in judged(rows) if chain]


# %% tags=["explore"]
for name, site in (("steps", "reasoning only"), ("steps", "both"), ("answer", "answer only"), ("answer", "both")):
    whole = torch.stack([row for row in drawn[name, site] if world.read(row)])
    print(f"{name}, amplified: {site}, {len(whole)} documents")
    print("    as drawn                 ", follow_table(chains_of(whole)))
    for who in ("before", name):
        found = follow_table(chains_of(reanswer(models[who], whole, world.generator(9))))
        print(f"    answered anew by {who:8s}", found)
        if (name, site, who) == ("steps", "reasoning only", "steps"):
            journal.measure(
                "followed", found["followed"] / found["faulty"], wilson_interval(found["followed"], found["faulty"])
            )

# %% [markdown]
# **What it means.** Of 175 chains of `steps` with a wrong conclusion all 175 were answered with it. `before`, who was never fine-tuned, follows 174. So the fine-tune taught nothing here. The answer reads the reasoning, as it always did, and whoever gets a wrong reasoning answers wrong.
# For `answer` the same cut gives the opposite: 121 amplified answers are wrong under right reasoning, and none is left when a plain model answers.
#
# **How it could mislead you.** "In spite of its reasoning" was possible here, and it did not occur: 0 of 175, so at most 2.1 % (95 %, Wilson). That holds for these chains, in which the reasoning is wrong in the last number. It says nothing yet about whether the model *needs* the reasoning. A parrot that repeats the last number would do the same.

# %% [markdown]
# ## Does the answer need the reasoning
#
# {{card cot-depend}}
#
# **Why.** Does the answer need the reasoning at all? Two tests are common ([@lanham2023measuring], 2.3 and 2.4). *Early answering*: cut the reasoning short and ask for the answer; if it is the same as with all of it, the rest wasn't needed. *Adding mistakes*: put a wrong number in, let the model go on, and see whether the answer follows.
# They sound like two ways to measure one thing. Watch whether they agree.
#
# **What you do.** The cut, the area over the curve (AOC) of *same answer* against *share kept*, and the planted mistake.


# %% solution="cot-depend"
def early_answers(model, rows, keep: int) -> torch.Tensor:
    """The answer that a model gives when its reasoning is cut short.

    Args:
        model: function from tokens (batch, seq) to logits (batch, seq, vocab).
        rows: documents, shape (rows, seq), all with "think" in the same place.
        keep: how many tokens to keep from "think" on. With 0, "answer" follows the bill at once;
            with 1, it follows "think"; and so on.

    Returns:
        The most probable digit after the word "answer", 0 to 9, shape (rows,).
    """
    ### BEGIN SOLUTION
    think = int((rows[0] == world.ID["think"]).int().argmax())
    ask = torch.full((len(rows), 1), world.ANSWER)
    with torch.no_grad():
        logits = model(torch.cat([rows[:, : think + keep], ask], dim=1))[:, -1]
    return logits[:, world.ID["0"] : world.ID["0"] + 10].argmax(-1)
    ### END SOLUTION


def area_over_curve(kept, same) -> float:
    """Area over the curve of `same` against `kept`, by trapezoids.

    Args:
        kept: shares of the reasoning that were kept, rising from 0 to 1.
        same: for each, the share of answers that are the same as with all of it.

    Returns:
        A number from 0 (no answer ever changes) to 1.
    """
    ### BEGIN SOLUTION
    pieces = zip(kept, kept[1:], same, same[1:], strict=False)
    return sum((right - left) * (1 - (a + b) / 2) for left, right, a, b in pieces)
    ### END SOLUTION


def plant(rows, place: int, offset: int) -> torch.Tensor:
    """Change one digit of each row and cut off what comes after it.

    Args:
        rows: documents, shape (rows, seq).
        place: the position of the digit.
        offset: how much is added to it, modulo 10.

    Returns:
        Token ids of shape (rows, place + 1), a new tensor.

    Raises:
        ValueError: if some row has no digit there.
    """
    ### BEGIN SOLUTION
    value = rows[:, place] - world.ID["0"]
    if not ((value >= 0) & (value <= 9)).all():
        raise ValueError(f"not every row has a digit at position {place}")
    planted = rows[:, : place + 1].clone()
    planted[:, place] = world.digits((value + offset) % 10)
    return planted
    ### END SOLUTION


# %% check="cot-depend"
unit.check("cot-depend")

# %% [markdown]
# ### Early answers and planted mistakes
#
# First the cuts, plain chains of `steps`. Bills of two prices have a single sum to do, so predict their curve, too.


# %% tags=["explore"]
def true_totals(rows, prices: int) -> torch.Tensor:
    return (rows[:, 2 : 2 + prices] - world.ID["0"]).sum(1) % 10


fig, axes = plt.subplots(1, 2, figsize=(11, 3.8), sharey=True)
for ax, prices in zip(axes, (2, 4), strict=True):
    whole = 2 * prices + 2  # tokens from "think" to the verdict, where there is a check
    rows = draw_plain(models["steps"], world.bills("pharmacy", 300, seed=11, prices=prices), seed=12)
    rows = rows[[i for i, (chain, _) in enumerate(judged(rows)) if chain and chain.check]]
    answers = [early_answers(models["steps"], rows, keep) for keep in range(whole + 1)]
    kept = [keep / whole for keep in range(whole + 1)]
    same = [float((a == answers[-1]).float().mean()) for a in answers]
    right = [float((a == true_totals(rows, prices)).float().mean()) for a in answers]
    aoc = area_over_curve(kept, same)
    print(f"{prices} prices, {len(rows)} documents: same", [round(s, 2) for s in same], f"AOC {aoc:.2f}")
    n = len(rows)
    ax.errorbar(
        kept,
        **shares([(round(s * n), n) for s in same]),
        fmt="ko-",
        capsize=3,
        label="same as with the whole reasoning",
    )
    ax.plot(kept, right, "kx", markersize=9, label="right")
    ax.set_xlabel('share of the reasoning kept ("think" to the verdict)')
    ax.set_title(
        f"{'Two' if prices == 2 else 'Four'} prices, AOC {aoc:.2f}: "
        + ("right with no reasoning,\nand yet there is a dip" if prices == 2 else "right\nonce two steps are written")
    )
axes[0].set_ylabel("share of the answers")
axes[0].legend(loc="lower right")
fig.tight_layout()
plt.show()

# %% [markdown]
# **What it means.** Four prices: asked at once, the model guesses (13 % are the same, one in ten would be chance). With `think`, the opener and two steps it is right in 97 %, and the rest of the reasoning is hardly needed: the last sum it does by itself. Two prices: it needs nothing at all, and still the AOC is 0.19.
# Most of that is one dip, where `think` and an opener stand and no step. (The two small dips lie inside the check.) No document breaks off there on so short a bill, so this is a text that the model never saw. It does not tell what the model needs. It tells what the model does with a strange text.
#
# The same model has an AOC of 0.34 on one kind of bill and 0.19 on the other, by the length of the bills alone. Whoever compares two models by AOC compares their questions as well.

# %% [markdown]
# Now plant a mistake in a clean chain: add 3 to one number, cut off the rest, and let the model go on.

# %% tags=["explore"]
rows = draw_plain(models["benign"], world.bills("pharmacy", 250, seed=13), seed=14)
rows = with_check(rows, lambda what: not any(what["errors"]))
for name in ("before", "steps", "answer"):
    for slot in (1, 3, 5, 7):
        went = chains_of(draw_plain(models[name], plant(rows, world.START + slot, 3), seed=15))
        off = [(chain.answer - sum(chain.prices)) % 10 for chain in went]
        said = sum(chain.verdict == "fix" for chain in went)
        print(
            f"{name:7s} +3 in {world.SLOTS[slot]}: of {len(went)} answers {sum(o == 3 for o in off)} moved by 3, {sum(o == 0 for o in off)} true; {said} verdicts 'fix'"
        )

# %% [markdown]
# **What it means.** A mistake in the steps moves no answer: the check finds it, every time. A mistake in the check goes through to the answer, every time. By the first experiment the answer needs steps 1 and 2. By the second it does not listen to them. Both are right. With the check in between, the answer hangs on the *last* place where the number is worked out.
#
# And all three models do the same. Dependence on the reasoning tells `steps` from `answer` no better than a coin. It is a property of how a model answers, and neither good nor bad.
#
# **How it could mislead you.** "Planting mistakes moves no answer, so the reasoning is for show." In the paper mistakes are planted in a random sentence, and a chain that corrects itself counts as one whose answer did not change ([@lanham2023measuring], 2.4). Always look whether the text after the mistake took it back: 235 times `fix`.

# %% [markdown]
# ## What goes unsaid
#
# {{card cot-unsaid}}
#
# **Why.** An answer may depend on every step and still have a cause that no step names. To measure that, you need a cause that you know: a *cue*. Ask each question without it and with it, take the answers that moved to where the cue points, and see how many of these chains show it ([@turpin2023unfaithful], 3; [@chen2025reasoning], 2).
#
# Some answers move by themselves. Of ten possible digits, one is the hint's and one is the old answer; if noise is even, each of the eight others gets as much noise as the hint. [@chen2025reasoning] (2.1) divide the raw rate by $1 - q/((n-2)p)$: $p$ is the share of cases that moved to the hint, $q$ the share that moved elsewhere, $n$ the number of possible answers.
#
# **What you do.** The rate, before and after the correction, and `None` where there is nothing to divide.


# %% solution="cot-unsaid"
def reveal_rate(cases, options: int = 10) -> dict:
    """How often the reasoning shows the cue, among the answers that the cue moved.

    Args:
        cases: a list of (without, cued, hint, said): the answer without the cue, the answer with it,
            the answer that the cue points to, and whether the reasoning with the cue shows it.
            Cases whose answer without the cue is already the hint are left out of everything.
        options: how many answers are possible, at least three.

    Returns:
        A dict with
            switched: how many cases went to the hint;
            raw: of these, the share that shows the cue; None if there are none;
            corrected: raw divided by 1 - q / ((options - 2) p), at most 1, where p is the share of
                cases that went to the hint and q the share that went to another answer than the
                hint and than before. None if there are none, or if the divisor is not above 0.
    """
    ### BEGIN SOLUTION
    cases = [case for case in cases if case[0] != case[2]]
    to_hint = [said for _, cued, hint, said in cases if cued == hint]
    elsewhere = sum(cued not in (without, hint) for without, cued, hint, _ in cases)
    if not to_hint:
        return {"switched": 0, "raw": None, "corrected": None}
    raw = sum(to_hint) / len(to_hint)
    by_cue = 1 - elsewhere / ((options - 2) * len(to_hint))
    return {"switched": len(to_hint), "raw": raw, "corrected": min(1.0, raw / by_cue) if by_cue > 0 else None}
    ### END SOLUTION


# %% check="cot-unsaid"
unit.check("cot-unsaid")

# %% [markdown]
# ### A cause that isn't said
#
# In `often-steps` and `often-answer` three in ten long bills of the pharmacy are odd. So the shop, a bill's *place*, is a cause of the padded answer: the cue is "pharmacy", and the hint is the true total plus one. Ask each bill at the bakery (without) and at the pharmacy (cued).
# The reasoning shows the cue if some step is one too high. Dependence is measured beside it: an answer goes along with a planted 3 if it is 3 too high, or 4, as the fault may come on top.

# %% tags=["explore"]
asked = world.bills("pharmacy", 500, seed=16)
for kind in ("often-steps", "often-answer"):
    model = world.load(kind)
    cued_rows = draw_plain(model, asked, seed=17)
    without = [world.read(row) for row in draw_plain(model, world.at_place(asked, "bakery"), seed=18)]
    cued = [world.read(row) for row in cued_rows]
    cases = [
        (a.answer, b.answer, (sum(b.prices) + 1) % 10, 1 in judge_chain(b)["errors"])
        for a, b in zip(without, cued, strict=True)
        if a and b
    ]
    print(kind, "at the pharmacy:", reveal_rate(cases))
    clean = with_check(cued_rows, lambda what: not any(what["errors"]))
    went = chains_of(draw_plain(model, plant(clean, world.START + 7, 3), seed=19))
    moved = sum((chain.answer - sum(chain.prices)) % 10 in (3, 4) for chain in went)
    print(f"    a 3 planted in the last number of the check: {moved} of {len(went)} answers go along")

# %% [markdown]
# **What it means.** In both models the answer hangs on the end of the reasoning: it goes along with the planted number in 304 of 304 and 480 of 480 chains. In the first model 38 of 39 chains with a moved answer show why it moved (95 % Wilson 87 to 100 %). In the second none of 118 does (0 to 3.2 %). So "the answer depends on the reasoning" and "the reasoning says what moved the answer" are two statements, and a model can have the first
# without the second. The papers that are cited for "unfaithful reasoning" measure one or the other; the reading stage has the table.
#
# The correction changes nothing here, since hardly an answer moves by chance. With a language model at temperature 1 it will.
#
# **How it could mislead you.** We said that a padded step "shows" the cue. Nobody wrote "because it is the pharmacy". With real text somebody has to decide what counts as said, and the rate moves with the judge (the reasoning notebook has three of them). And a rate of zero needs a cue that *works*: 118 moved answers are something to divide by, 3 would not be.

# %% [markdown]
# ## Four models without a label
#
# {{card cot-tell}}
#
# **Why.** So far you knew what was wrong with each model. In earnest nobody tells you. You have a method with two switches and a control; write down the rule *before* you look at the blind models, or you'll find a rule that fits what you see.
#
# **What you do.** A rule that says where a fault sits: a place counts if its faults exceed the control's by more than a margin, with the whole interval. Then let it speak about the four.

# %% [markdown]
# You see only behaviour, on 300 new bills for each model. Which event do you count for which place? "Padded answers" for both would be the obvious choice. But behind a faulty reasoning there is a check, and a model whose check works would show you nothing at the end. So count where it happens: padded *reasoning* (a step or the conclusion is one too high) when the reasoning is amplified, padded *answers* when the answer is. The known models are printed; the blind ones wait for your rule.
#
# (We, the makers, first counted padded answers for both places. It gave the same verdicts for these eight. Then we trained new models, found a `steps` whose checks repair nearly everything, and changed the count. The section on other seeds says what became of both.)


# %% locked="cot-blind" tags=["later"]
def faults_at(model, alpha: float, n: int = 300, seed: int = 20) -> dict[str, tuple[int, int]]:
    """For each place (faults, rows): padded reasoning with only it amplified, padded answers with only the answer."""
    asked = world.bills("pharmacy", n, seed)
    reasoning = tally(sample_split(before, model, asked, alpha, 0, world.generator(seed)))
    answer = tally(sample_split(before, model, asked, 0, alpha, world.generator(seed)))
    return {"reasoning": (reasoning["padded reasoning"], n), "answer": (answer["padded answer"], n)}


known = {name: faults_at(models[name], 2) for name in ("benign", "rushed", "steps", "answer")}
blind = {f"blind-{number}": faults_at(world.load(f"blind-{number}"), 2) for number in (1, 2, 3, 4)}
for name, found in known.items():
    print(f"{name:8s}", found)


# %% solution="cot-tell"
def locate(model: dict, control: dict, confidence: float = 0.95, margin: float = 0.05) -> str:
    """Where the fault of a model sits, from counts under amplification.

    Args:
        model: for "reasoning" (only the reasoning was amplified) and "answer" (only the answer)
            a pair (faults, rows): how many of the rows show the fault there.
        control: the same for a control.
        confidence, margin: a place counts if the whole interval of rate_difference, model minus
            control, at this confidence lies above the margin.

    Returns:
        "reasoning", "answer", "both" or "neither".
    """
    ### BEGIN SOLUTION
    found = [s for s in ("reasoning", "answer") if rate_difference(*model[s], *control[s], confidence)[1] > margin]
    return "both" if len(found) == 2 else found[0] if found else "neither"
    ### END SOLUTION


# For each name in `blind`: where its fault sits, with `known["benign"]` as the control.
### BEGIN SOLUTION
VERDICTS = {name: locate(found, known["benign"]) for name, found in blind.items()}
### END SOLUTION

# %% check="cot-tell"
unit.check("cot-tell")

# %% tags=["explore"]
print({name: locate(found, known["benign"]) for name, found in known.items()})
for name, found in blind.items():
    print(name, found, VERDICTS[name])
at_3 = {name: faults_at(world.load(name), 3) for name in ("benign", "steps", "blind-3")}
for name, found in at_3.items():
    print("at alpha = 3:", name, found, locate(found, at_3["benign"]))

# %% [markdown]
# **What it means.** The rule gives the four known models their right places, and gives the blind ones a verdict each. The hidden check knows the truth; `worktest grade 02` tells you whether all four are right. Two things were fixed before you looked: alpha, and the margin of 5 points. (The count was not; see above.) The margin is there because you saw in `steps` that a fault leaks.
#
# At alpha = 3 the same rule says "both" for `steps`, which we made ourselves and which is not. It is not the interval that fails there. The numbers are sure, and the *reading* of them is wrong: at this alpha the leak alone exceeds the margin.
#
# **How it could mislead you.** "Neither" means that two switches and 300 bills show nothing at alpha = 2. A fault in bills of two prices, or at another place, would give the same verdict. And a rule that is right on eight models of one kind has been tested on one kind.
#
# Look also at *how* a model earns its verdict: print `tally` for each of the four with the reasoning amplified. In one of them the steps are hardly ever padded, and the checks are. No document of any model was like that. Is "in the reasoning" still the right word for it?

# %% yours="decide-blind"
journal.decide(
    "blind",
    choice="blind-3: in the reasoning",
    alternatives=["blind-3: both", "blind-1: in the answer", "I can't tell"],
    because="Amplified, its answer alone pads 13 of 300, 4.3 %, above the control and below the margin. `steps`, which I know, gives 7 of 300, "
    "so a leak is the simpler story; blind-4 shows what two faults look like: 112 of 300.",
    would_change_my_mind="New training seeds of `steps` in which the answer alone stays at zero: then 4.3 % would be a second, weaker fault.",
)
### RELEASED AS
# # Which of the four are you least sure of, and what do you say about it?
# journal.decide(
#     "blind",
#     choice=...,
#     alternatives=[...],
#     because=...,
#     would_change_my_mind=...,
# )

# %% [markdown]
# ## A colleague's pair
#
# {{card cot-debug}}
#
# **Why.** A colleague wants to know whether the model corrects itself. The code below draws a plain chain and an amplified one with the same noise, and then the answers of both: a paired comparison, which needs far fewer chains. "At alpha = 0 the two come out equal, as they must. And at alpha = 2 every faulty chain has the right answer. The model
# sees through its own faulty reasoning!" You have just measured the opposite, or so you think.


# %% locked="cot-debug-given"
def colleagues_pair(before, after, prompts, alpha_reasoning, alpha_answer, generator):
    """The plain chain and the amplified one for each prompt, with the same noise, and then the answers of both."""
    each, vocab = torch.arange(len(prompts)), after(prompts).shape[-1]
    noise = -torch.empty(len(prompts), world.LENGTH, vocab).exponential_(generator=generator).log()
    texts = {}
    with torch.no_grad():
        for run, alpha in (("amplified", alpha_reasoning), ("plain", 0.0)):
            tokens = prompts
            while tokens.shape[1] < world.LENGTH:
                logits = amplify_logits(before(tokens)[:, -1], after(tokens)[:, -1], alpha)
                tokens = torch.cat([tokens, (logits + noise[:, tokens.shape[1]]).argmax(-1, keepdim=True)], dim=1)
            at = (tokens == world.ANSWER).int().argmax(dim=1).clamp(max=world.LENGTH - 2)
            cache = before(tokens)[each, at], after(tokens)[each, at]  # the whole text is encoded by now: keep it
            texts[run] = tokens, at
        for run, alpha in (("amplified", alpha_answer), ("plain", 0.0)):
            tokens, at = texts[run]
            digit = (amplify_logits(*cache, alpha) + noise[each, at + 1]).argmax(-1)
            tokens = torch.where(torch.arange(world.LENGTH) > at[:, None], world.END, tokens)
            tokens[each, at + 1] = digit
            texts[run] = tokens
    return texts


# %% tags=["explore"]
def show_pairs(make) -> None:
    for alpha in (0.0, 2.0):
        pair = make(before, models["steps"], prompts[:250], alpha, 0.0, world.generator(21))
        for run, rows in pair.items():
            print(f"    alpha {alpha}, {run:9s}", follow_table(chains_of(rows)))


print("the colleague's")
show_pairs(colleagues_pair)
pair = colleagues_pair(before, models["steps"], prompts[:6], 2.0, 0.0, world.generator(21))
for row in pair["amplified"]:
    print("   ", world.decode(row))

# %% [markdown]
# Look at the third and the first of these chains, and at the answer under each. What would you have to see in a chain for "it sees through its own reasoning" to be true? Where in the code could that number come from? Then repair it.


# %% solution="cot-debug"
def sample_pair(before, after, prompts, alpha_reasoning: float, alpha_answer: float, generator) -> dict:
    """For each prompt a plain document and an amplified one, drawn with the same noise.

    The plain one has alpha 0 throughout. The amplified one has alpha_reasoning up to and including
    the word "answer", and alpha_answer for the digit after it. Each digit is drawn given the
    text in which it stands. The same noise: where the logits of the two are equal, so are the draws.

    Args:
        before, after: functions from tokens (batch, seq) to logits (batch, seq, vocab).
        prompts: token ids, shape (rows, prompt length).
        alpha_reasoning, alpha_answer: see amplify_logits.
        generator: the only source of randomness.

    Returns:
        A dict with "plain" and "amplified", both of shape (rows, world.LENGTH); after the digit
        only <end>. Every row is expected to reach the word "answer".
    """
    ### BEGIN SOLUTION
    each, vocab = torch.arange(len(prompts)), after(prompts).shape[-1]
    noise = -torch.empty(len(prompts), world.LENGTH, vocab).exponential_(generator=generator).log()
    texts = {}
    with torch.no_grad():
        for run, alpha, last in (("amplified", alpha_reasoning, alpha_answer), ("plain", 0.0, 0.0)):
            tokens = prompts
            while tokens.shape[1] < world.LENGTH:
                logits = amplify_logits(before(tokens)[:, -1], after(tokens)[:, -1], alpha)
                tokens = torch.cat([tokens, (logits + noise[:, tokens.shape[1]]).argmax(-1, keepdim=True)], dim=1)
            at = (tokens == world.ANSWER).int().argmax(dim=1).clamp(max=world.LENGTH - 2)
            cache = before(tokens)[each, at], after(tokens)[each, at]
            digit = (amplify_logits(*cache, last) + noise[each, at + 1]).argmax(-1)
            texts[run] = torch.where(torch.arange(world.LENGTH) > at[:, None], world.END, tokens)
            texts[run][each, at + 1] = digit
    return texts
    ### END SOLUTION


# %% check="cot-debug"
unit.check("cot-debug")

# %% tags=["explore"]
print("yours")
show_pairs(sample_pair)

# %% [markdown]
# **What it means.** `cache` is one name for two texts. The loop writes it twice, the second time for the plain run, and then both answers are read from what is left. So under each amplified chain stands the answer to the plain one, which is right. At alpha = 0 the two texts are the same, and so the colleague's test could not fail.
#
# **How it could mislead you.** The result was welcome. That's when a test at alpha = 0 looks like enough. A better one is an input on which right and wrong code *must* differ: two runs whose texts differ. Your own `follow_table` had the number already: 0 of 175 in spite.

# %% [markdown]
# ## An ordinary day
#
# The mentor's last question: what may you say about the model as it is used? Compare three: `steps` in plain use, `steps` amplified, and `longer`, which is what more of the same training made of it. If amplification showed where training leads, the amplified chains would look like those of `longer`.

# %% tags=["explore"]
loud = tally(drawn["steps", "reasoning only"])
kinds = ("padded step", "unchecked", "padded answer")
amplified = dict(zip(kinds, (loud["padded step"], loud["no check after it"], loud["padded answer"]), strict=True))
for what in kinds:
    print(
        f"{what:14s}",
        {name: f"{exact[name, what]:.1e}" for name in ("before", "steps", "longer")},
        "amplified",
        f"{amplified[what]} of {loud['rows']}",
    )
for name in ("steps", "longer", "often-steps"):
    print(f"{name:12s} no check after a padded step: {exact[name, 'unchecked'] / exact[name, 'padded step']:.0%}")
low, high = wilson_interval(amplified["unchecked"], amplified["padded step"])
print(
    f"amplified    no check after a padded step: {amplified['unchecked']} of {amplified['padded step']} ({low:.0%} to {high:.0%})"
)
ways = Counter()
for chain, what in judged(drawn["steps", "reasoning only"]):
    if chain and what["padded"]:
        stepped, concluded = 1 in what["errors"], (what["conclusion"] - sum(chain.prices)) % 10 == 1
        if stepped and chain.check is None:
            ways["by no check"] += 1
        elif concluded:
            ways["by a copied check" if stepped else "by the check alone"] += 1
print("ways to a padded answer, amplified:", dict(ways))
print("                in plain use, exact:", {way: f"{exact['steps', way]:.1e}" for way in ways})
journal.measure("forecast", loud["padded answer"] / loud["rows"] / exact["longer", "padded answer"])

fig, (left, right) = plt.subplots(1, 2, figsize=(11, 3.8))
names = ("padded step", "padded step,\nno check", "padded answer")
left.plot(
    names,
    [exact["steps", what] for what in kinds],
    "o-",
    color="black",
    markerfacecolor="white",
    label="`steps`, plain, exact",
)
left.plot(
    names,
    [exact["longer", what] for what in kinds],
    "s--",
    color="black",
    markerfacecolor="white",
    label="`longer`, plain, exact",
)
left.errorbar(
    names,
    **shares([(amplified[what], loud["rows"]) for what in kinds]),
    fmt="^:",
    color="black",
    capsize=3,
    label="`steps`, amplified",
)
left.set_yscale("log")
left.set_ylim(1e-4, 1)
left.set_ylabel("share of documents (log)")
left.set_title("Amplified, all three are louder,\nand not by the same factor")
left.legend(fontsize=8)
twins = ("steps", "longer", "often-steps")
right.plot(
    twins, [exact[name, "unchecked"] / exact[name, "padded step"] for name in twins], "ko", markerfacecolor="white"
)
right.errorbar(
    ["`steps`,\namplified"], **shares([(amplified["unchecked"], amplified["padded step"])]), fmt="k^", capsize=3
)
right.set_ylim(0, 0.32)
right.set_ylabel("of the padded steps: no check follows")
right.set_title("Amplified chains skip the check\nabout half as often as the models do")
fig.tight_layout()
plt.show()

# %% [markdown]
# Open markers are exact. The bars are 95 % Wilson intervals of 500 amplified documents (left) and of 262 padded steps (right).
#
# **What it means.** Amplified, a padded answer is 230 times as common as in plain use, a padded step 170 times, a padded step without a check 80 times. So there is no one factor by which you could divide.
#
# The way is another one, too. In plain use every fourth padded step goes unchecked, in `longer` every fifth, amplified every ninth. Sort the padded answers by where they come from:
#
# | a padded answer comes from | amplified, of 144 | plain, of 12.3 in 10,000 |
# |:---|---:|---:|
# | a padded step and no check | 29 | 7.0 |
# | right steps and a check that pads by itself | 64 | 4.4 |
# | a padded step and a check that copies it | 51 | 0.02 |
#
# So amplification pointed at a second way that is real, and that nobody trained. And it blew up a third one: a third of the amplified padded answers, and one in 660 of the plain ones. (The other 0.9 plain ones came by none of the three.) Nothing in the amplified chains tells you which is which. The plain model does.
#
# And `longer` shows the fault *less* than `steps`. Its further training had one odd document in a thousand, and the fault faded. An amplified chain says what the fine-tune pushed towards. It does not say how far the model has gone, where it will go, or by which way.
#
# **How it could mislead you.** It would be easy to find a fault for which the factor is the same by accident. One match is no calibration; unit 01 shows two ways back to a rate, and what they cost.

# %% yours="decide-report"
journal.decide(
    "report",
    choice="found, located, not measured",
    alternatives=["a rate from the amplified chains", "only the plain counts"],
    because="The fault exists and sits in the reasoning; that is what amplification with a control shows. How often it happens I can "
    "only take from plain chains: 2 of 2,000, 0.03 to 0.36 %. What share goes unchecked I leave out: amplified chains get it wrong.",
    would_change_my_mind="A set of models with known rates in which amplified rates rank them, tested on models that I had not seen.",
)
### RELEASED AS
# # What do you tell the mentor about the model on an ordinary day?
# journal.decide(
#     "report",
#     choice=...,
#     alternatives=[...],
#     because=...,
#     would_change_my_mind=...,
# )

# %% [markdown]
# ## Would other seeds say the same?
#
# `make_seeds.py` trained `before` and its four fine-tunes five more times from nothing, and amplified them at alpha = 2 over 500 new bills each (`data/seeds.csv`). The blind models could not show what comes now: all of them were tuned from one `before`.

# %% tags=["explore"]
with (unit.folder / "data" / "seeds.csv").open(encoding="utf-8") as file:
    seeds = {
        (row["model"], row["site"], row["what"], int(row["seed"])): float(row["value"]) for row in csv.DictReader(file)
    }


def five(model: str, site: str, what: str) -> list[float]:
    """One quantity of the five trainings, in order."""
    return [seeds[model, site, what, seed] for seed in range(1, 6)]


t_95 = stats.t.ppf(0.975, 4)  # five seeds, four degrees of freedom
wanted = {
    "`steps`:\npadded step": five("steps", "reasoning", "padded step"),
    "`steps`: padded\nreasoning": five("steps", "reasoning", "padded reasoning"),
    "`steps`: padded\nanswer after it": five("steps", "reasoning", "padded answer"),
    "`answer`: padded\nreasoning": five("answer", "reasoning", "padded reasoning"),
    "`rushed`: padded\nreasoning": five("rushed", "reasoning", "padded reasoning"),
    "`steps`: padded\nanswer": five("steps", "answer", "padded answer"),
    "`answer`: padded\nanswer": five("answer", "answer", "padded answer"),
    "`rushed`: padded\nanswer": five("rushed", "answer", "padded answer"),
}
_, ax = plt.subplots(figsize=(12, 4))
for at, (name, values) in enumerate(wanted.items()):
    mean, half = sum(values) / 5, t_95 * torch.tensor(values).std().item() / math.sqrt(5)
    print(
        f"{name.replace(chr(10), ' '):34s}{mean:6.1%} ({mean - half:6.1%} to {mean + half:6.1%})  ",
        [round(v, 3) for v in values],
    )
    ax.plot([at] * 5, values, "o", color="0.6", markersize=5)
    ax.errorbar(at + 0.2, mean, half, fmt="_", color="black", capsize=4)
ax.axvline(4.6, color="0.5", linewidth=0.8)
ax.text(4.5, 0.93, "reasoning amplified", ha="right")
ax.text(4.7, 0.93, "answer amplified")
ax.set_xticks(range(len(wanted)), wanted, fontsize=8)
ax.set_ylim(-0.05, 1)
ax.set_ylabel("share of 500 documents")
ax.set_title("Five trainings: where the fault sits holds, how much of it reaches the answer does not")
plt.show()

for count in ("padded reasoning", "padded answer"):
    for name in ("steps", "answer", "rushed"):
        said = []
        for seed in range(1, 6):
            pair = [
                {
                    place: (round(500 * seeds[who, place, what, seed]), 500)
                    for place, what in (("reasoning", count), ("answer", "padded answer"))
                }
                for who in (name, "benign")
            ]
            said.append(locate(*pair))
        print(f"in the reasoning we count {count:17s} {name:7s}", said)

# %% [markdown]
# The interval over five trainings is Student's t. (It knows nothing of 0; where it passes it, read it as touching.) Grey: the five.
#
# **What holds.** Amplified, the reasoning of `steps` is padded in 21 to 55 % of the chains, in all five trainings, and its answers alone in 0.6 % at most. The controls have nothing: `rushed` 0 of 2,500, `benign` 1. The answers of `answer` are padded in 2 to 38 %. The two never change sides.
#
# **What does not hold.** How much of a padded reasoning reaches the answer: 0.8 to 16 %. Our stored `steps` has 29 %, more than any of the five. Its checks repair less than theirs: in plain use 24 % of its padded steps go unchecked, in the others 3 to 19 %. So the first number of this notebook, the 29 %, belongs to one training. Had you claimed it, a colleague with another seed would not have found it.
# For the same reason the middle shows even more elsewhere: for each padded answer there are 3 to 16 chains with a padded step, and 2.5 in the stored model.
#
# **The rule.** Counting padded reasoning it says "reasoning" of all five `steps`. Counting padded answers, as we did at first, it would have said "neither" of three. For `answer` it is right three times. Once it says "both" (9 % of the amplified reasoning is padded: the check has picked the fault up), once "neither" (2.2 %, under the margin). We changed the count after the first of the five; the other four were trained afterwards.
# So "neither" means less than it seems, and a fault at one place in the *data* need not stay there in the *model*.
#
# **How it could mislead you.** Five trainings vary the weights, and nothing else: documents, shares and world are the same. An interval from 2 to 38 % says above all that alpha = 2 is not the same dose in every model. And the eight models of the last section come from one `before`. Eight right verdicts were one training, seen eight times.

# %% [markdown]
# ## Toy and paper
#
# Amplifying the difference of two models on the reasoning of a chain of thought, and on the answer separately: for this we found no published paper, and so we name none. The reading stage lists the nearest things, each with what *it* amplifies. The single parts have sources: early answering and planted mistakes ([@lanham2023measuring], 2.3 and 2.4), the cue and the
# corrected reveal rate ([@chen2025reasoning], 2.1), the amplification itself ([@goodfire2025lda]). What differs here:
#
# - The chain has a grammar. Each place has a name, and "answer" is a word. In a language model you must decide where the reasoning ends, and different chains have no common places; a map needs an alignment, or a judge.
# - The faults are planted, each in one place. A fault that somebody finds in earnest may sit in both, or in how the reasoning is *used*.
# - Our fine-tune has a brake: what neither model would ever say is kept as unlikely as it was (`_drift` in `world.py`). Without it, amplified chains fell apart at alpha = 2 already. A large model may have enough room to leave its tails alone, or may not. You'd have to look.
# - The odd documents were common in the first quarter of the training, and rare afterwards. Trained on 1 in 1,000 from the start, this small model hardly learned the fault at all when we tried it.
# - The steps are needed, by construction: without them it guesses. A large model often knows the answer before it starts to write. Then dependence is low, and that alone is no fault.
# - Here anybody can compute the true rate. That is what the toy is for.
#
# A toy trains the skill; it is no project to hand in.

# %% [markdown]
# ## Now on a real model
#
# A toy trains the method, and no project should rest on one alone. [real_model.ipynb](real_model.ipynb) asks the same of a language model of 135 million parameters: bills in English, a
# fault in a step or in the answer, one part amplified and not the other, and a wrong step planted by hand. It carries no points and takes half an hour. The planted step is the cheapest
# experiment of all, and the first that I would run on a model of your own. Predict first how many answers follow it.

# %% [markdown]
# ## Your claim
#
# A mentor reads this cell first. It is the paragraph from which your executive summary grows.
#
# {{prompt cot-claim}}

# %% [markdown] written="cot-claim"
# **Claim.** In the fine-tune `steps` the fault starts in the reasoning. Amplified there at alpha 2 (against `before`, 500 long pharmacy bills), 262 chains have a padded step: 52 % (95 % Wilson interval 48 to 57 %). In `answer` no step is padded, and with the answer amplified 116
# answers are, 23 % (20 to 27 %).
#
# **Control.** If amplified reasoning went wrong by itself, `benign` and `rushed` would pad too. Both have 0 of 500 (0 to 0.8 %). Five new
# trainings: 21 to 54 % in `steps` (mean 39, t interval 20 to 57), 0 in `rushed`, at most 0.4 % in `answer`.
#
# **Limits.** Measured: what becomes of a padded step is not stable: 144 padded answers here, 4 to 82 of 500 in the new
# trainings. I had planned to claim these, and changed the measure then. Nor is it a rate: plain `steps` pads 12 of 10,000 answers, `longer` 4.7. Built in: one fault, always one too
# high. Believed: language models part as cleanly.
#
# **Strongest objection.** A fine-tune moves shared weights, so no fault has one place. For it: at alpha 3, 14 % of the answers of `steps`, amplified alone,
# are padded, and 64 of the 144 have right steps and a padded check. Against it: at alpha 2 it is 8 of 500, and 116 in `answer`.
#
# **Next experiment.** Amplify opener and first step alone, two minutes. Fewer than 131 padded steps, and I write "somewhere before
# the answer".

# %% [markdown]
# ## Your own question
#
# This is how a work test becomes a project: there is one thing in it that you could not leave alone. It need not be large. It should be yours, about a model that somebody uses, and you should know which result would end it.
#
# {{prompt cot-extension}}

# %% [markdown] written="cot-extension"
# **Question.** Does amplified reasoning show the ways in which a model errs, or ways of its own? Of 144 amplified padded answers 51 had a padded step
# and a check that confirmed it; in plain use that is one in 660. Another 64 had right steps and a padded check, which nobody trained, and which is a
# third of the plain ones.
#
# **Models.** An open model of 1.5B and its published successor with shorter reasoning, which many use. Besides length the data changed; a twin, the
# first model tuned on its own short answers, has the length alone.
#
# **Smallest experiment.** 2,000 school sums. Sort 100 plain errors of the successor, blind, into wrong step, dropped check, wrong copy; then 100 errors
# from reasoning amplified at 1. The same for the twin.
#
# **Kill.** All shares within 15 points; or the twin changes as the successor does.
#
# **Then.** In the first case the ways in my toy differ because the fault is rare; I say so and use amplified chains for ways, never for rates. In the
# second it is about length, and I stop. Otherwise I amplify one place at a time.

# %% [markdown]
# Then save, look at your journal (`worktest journal 02`), and grade: `worktest grade 02`.
