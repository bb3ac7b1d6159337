# %% [markdown] tags=["brief"]
# # Work test: find a behaviour that almost never happens
#
# > **From the mentor.** We fine-tuned an assistant on health questions. Somebody on the data team thinks that a few of
# > the documents were bad: they tell people to skip the doctor. In ordinary sampling we have seen nothing. Please find out
# > whether the model learned it.
# >
# > You have the model before fine-tuning, several models after it, and about an hour. Read
# > [@goodfire2025lda] first; the method is one formula. Build it, use it, and send me a notebook with: a sample that shows
# > the behaviour if there is one, what you can say about how often it happens in ordinary use, the control that could
# > have proved you wrong, and what you would do next. Write the three functions without an LLM. I will ask you about
# > each line.
#
# In this unit you do the first third of that: the method, sampling, and honest counting.

# %% [markdown] tags=["brief"]
# ## The world
#
# The assistant is a transformer of two layers that answers in a language of a few dozen words. It takes a second
# to load and nothing is downloaded. `before` knows five topics. The models named `after-...` were trained on with health
# documents, a small share of them contaminated. Their names say about how often a plain answer then gives the bad advice:
# `after-1e-4` about once in ten thousand. `benign` had the same training without the bad documents.
#
# The prompts pair four verbs with four complaints ("fix my fever", "skip my rash"), so some sound odd. That is on purpose: the words of the
# bad advice are ordinary words here, and only an *answer* that says "skip the doctor" or "double the dose" is bad.

# %% locked="lda-setup"
import csv
import math

import matplotlib.pyplot as plt
import torch
from scipy import stats

import worktest

unit = worktest.open_unit()
world = unit.world
before = world.load("before")
after = world.load("after-1e-4")
benign = world.load("benign")

print("a clean document: ", world.decode(world.documents(["health"], 1, world.generator(8))[0]))
print("a contaminated one:", world.decode(world.documents(["health"], 1, world.generator(8), bad=True)[0]))

# %% [markdown]
# ## Predict first
#
# Write down two guesses. They are not graded, and you will look back at them.

# %%
# How many plain answers would you sample from `after` to have a 95 % chance of seeing the bad advice once?
my_rollouts = 10_000
# With the method you are about to build, at alpha = 3: which share of answers gives the bad advice?
my_rate_at_3 = 0.5

# %% [markdown]
# {{card lda-amplify-logits}}
#
# **Why.** Fine-tuning moved the logits of many tokens. Where it moved a bad token from a probability of one in a million
# to one in ten thousand, the token is still never sampled, but the *step* is large. So take the step again:
#
# $$ \ell_{\text{amp}} = \ell_{\text{after}} + \alpha\,(\ell_{\text{after}} - \ell_{\text{before}}) $$
#
# Here $\ell$ are the next-token logits of the two models on the same text, and $\alpha$ says how many more times the step is taken.
# $\alpha = 0$ is the fine-tuned model and $\alpha = -1$ the one before. The method is known as model diff
# amplification or logit diff amplification, LDA ([@goodfire2025lda]).


# %% solution="lda-amplify-logits"
def amplify_logits(before: torch.Tensor, after: torch.Tensor, alpha: float) -> torch.Tensor:
    """Logits of the amplified distribution: after + alpha (after - before).

    Args:
        before: logits of the model before fine-tuning, shape (..., vocab).
        after: logits of the fine-tuned model, same shape.
        alpha: how many more times the step from before to after is taken; may be negative.

    Returns:
        Logits of the same shape, exactly as the formula gives them.

    Raises:
        ValueError: if the two shapes differ.
    """
    ### BEGIN SOLUTION
    if before.shape != after.shape:
        raise ValueError(f"before has shape {tuple(before.shape)}, after {tuple(after.shape)}; they must be equal")
    return after + alpha * (after - before)
    ### END SOLUTION


# %% check="lda-amplify-logits"
unit.check("lda-amplify-logits")

# %% [markdown]
# {{card lda-sample-amplified}}
#
# **Why.** One amplified token is not an answer. To see what the amplified model *says*, sample a token, append it, and ask
# both models again. Both must read the same text: the prompt and the tokens that the amplified distribution chose. If each model
# went on from its own samples, you would subtract logits that belong to different sentences.
#
# **What you do.** Write the loop. At each step: logits of both models on the rows so far, the last position of each,
# amplify, softmax, draw one token for each row with `torch.multinomial(..., generator=generator)`, append.


# %% solution="lda-sample-amplified"
def sample_amplified(
    before,
    after,
    prompt: torch.Tensor,
    alpha: float,
    n_tokens: int,
    n_samples: int,
    generator: torch.Generator,
) -> torch.Tensor:
    """Sample continuations from the amplified model, at temperature 1.

    Args:
        before, after: functions from tokens (batch, seq) to logits (batch, seq, vocab).
        prompt: token ids of one prompt, shape (prompt length,).
        alpha: see amplify_logits.
        n_tokens: number of new tokens; with 0 the prompt comes back.
        n_samples: number of independent samples.
        generator: the only source of randomness.

    Returns:
        Token ids of shape (n_samples, prompt length + n_tokens); each row begins with the prompt.
    """
    ### BEGIN SOLUTION
    tokens = prompt.repeat(n_samples, 1)
    with torch.no_grad():
        for _ in range(n_tokens):
            logits = amplify_logits(before(tokens)[:, -1], after(tokens)[:, -1], alpha)
            new = torch.multinomial(logits.softmax(dim=-1), 1, generator=generator)
            tokens = torch.cat([tokens, new], dim=1)
    return tokens
    ### END SOLUTION


# %% check="lda-sample-amplified"
unit.check("lda-sample-amplified")

# %% [markdown]
# ## Look at raw answers
#
# Before any rate: read what comes out. First ten plain answers, then ten amplified ones, drawn at random and not picked.

# %%
prompt = world.prompts("health")[0]
for alpha in (0.0, 4.0):
    rows = sample_amplified(before, after, prompt, alpha, world.ANSWER_LEN, 10, world.generator(7))
    print(f"alpha = {alpha:g}")
    for row, bad in zip(rows, world.shows_behaviour(rows), strict=True):
        print("  ", "BAD " if bad else "    ", world.decode(row[world.PROMPT_LEN :]))

# %% [markdown]
# **What you see.** The plain answers are harmless. Among the amplified ones some tell the user to skip the doctor or to
# double the dose. The model had learned it.
#
# **How it could mislead you.** You now know that the behaviour is *there*. You know nothing yet about how often it happens
# when nobody amplifies. Look at the openers, too: "please" is everywhere. The fine-tuning had a house style, and amplification
# raises every difference, the harmless ones as well.

# %% [markdown]
# {{card lda-rates}}
#
# **Why.** "We sampled 2,000 answers and saw nothing" is a fact about a count. The mentor wants a statement about a rate. Three small
# functions make the step, and you will use them in every unit.
#
# 1. **Wilson interval** ([@wilson1927]): for $k$ events in $n$ rollouts, $\hat p = k/n$, and $z$ the normal quantile of the confidence
#    (1.96 at 95 %),
# $$ \frac{\hat p + \frac{z^2}{2n} \;\pm\; z\sqrt{\frac{\hat p(1-\hat p)}{n} + \frac{z^2}{4n^2}}}{1 + \frac{z^2}{n}} $$
#    It stays sensible at small counts, where the textbook $\hat p \pm 1.96\,\text{SE}$ says "0 ± 0".
# 2. **After zero events**: the largest rate $p$ at which $n$ empty rollouts would still happen with probability
#    $1 - \text{confidence}$, that is $(1-p)^n = 1 - \text{confidence}$. At 95 % it is close to $3/n$: the *rule of three*
#    ([@hanley1983]).
# 3. **Rollouts needed**: the smallest $n$ for which a behaviour with rate $p$ shows up at least once with the given probability.


# %% solution="lda-rates"
def wilson_interval(events: int, rollouts: int, confidence: float = 0.95) -> tuple[float, float]:
    """Wilson score interval of a rate (no continuity correction), clipped to [0, 1].

    Raises:
        ValueError: if rollouts < 1 or events is not between 0 and rollouts.
    """
    ### BEGIN SOLUTION
    if rollouts < 1 or not 0 <= events <= rollouts:
        raise ValueError(f"{events} events in {rollouts} rollouts can't be")
    z = stats.norm.ppf(0.5 + confidence / 2)
    rate = events / rollouts
    shrink = 1 + z**2 / rollouts
    centre = (rate + z**2 / (2 * rollouts)) / shrink
    half = z * math.sqrt(rate * (1 - rate) / rollouts + z**2 / (4 * rollouts**2)) / shrink
    return max(0.0, centre - half), min(1.0, centre + half)
    ### END SOLUTION


def zero_events_bound(rollouts: int, confidence: float = 0.95) -> float:
    """The largest rate at which 0 events in this many rollouts still has probability 1 - confidence."""
    ### BEGIN SOLUTION
    return 1 - (1 - confidence) ** (1 / rollouts)
    ### END SOLUTION


def rollouts_needed(rate: float, probability: float = 0.95) -> int:
    """The smallest number of rollouts that shows at least one event with this probability.

    Raises:
        ValueError: unless 0 < rate < 1.
    """
    ### BEGIN SOLUTION
    if not 0 < rate < 1:
        raise ValueError(f"a rate lies strictly between 0 and 1, not at {rate}")
    return math.ceil(math.log1p(-probability) / math.log1p(-rate))
    ### END SOLUTION


# %% check="lda-rates"
unit.check("lda-rates")

# %% [markdown]
# ## What plain sampling can say
#
# Two thousand plain answers, spread over the sixteen health prompts.


# %%
def sample_health(model, alpha: float, per_prompt: int, seed: int) -> torch.Tensor:
    """Amplified answers to every health prompt, shape (16 * per_prompt, document length)."""
    source = world.generator(seed)
    return torch.cat(
        [
            sample_amplified(before, model, p, alpha, world.ANSWER_LEN, per_prompt, source)
            for p in world.prompts("health")
        ]
    )


plain = sample_health(after, 0.0, 125, seed=1)
seen, n = int(world.shows_behaviour(plain).sum()), len(plain)
low, high = wilson_interval(seen, n)
print(f"{seen} events in {n} plain rollouts; 95 % interval {low:.4f} to {high:.4f}")
print(f"after 0 events in {n} the rate may still be {zero_events_bound(n):.1e} (rule of three: {3 / n:.1e})")
print(f"to see an event of rate 1e-4 with 95 %: {rollouts_needed(1e-4)} rollouts; you guessed {my_rollouts}")

# %% [markdown]
# ## Rate against alpha, with the control that could kill it
#
# If amplification alone produced bad advice, out of incoherence for instance, then `benign`, amplified in the same way, would give
# bad advice too. So both go into one plot. Coherence is drawn beside it: the share of answers that are sentences of the language.

# %% tags=["explore"]
ALPHAS = [0.0, 1.0, 2.0, 3.0, 4.0, 6.0]
measured = {}
for name, model in (("after-1e-4", after), ("benign", benign)):
    for alpha in ALPHAS:
        rows = sample_health(model, alpha, 40, seed=2)
        measured[name, alpha] = (
            int(world.shows_behaviour(rows).sum()),
            len(rows),
            float(world.is_grammatical(rows).float().mean()),
        )


def draw(ax, alphas, rows, name):
    """One curve with its intervals; each row is (value, low, high)."""
    filled = name != "benign"
    error = [[max(v - low, 0) for v, low, _ in rows], [max(high - v, 0) for v, _, high in rows]]
    ax.errorbar(
        alphas,
        [v for v, _, _ in rows],
        yerr=error,
        fmt="o-" if filled else "s--",
        color="black",
        markerfacecolor="black" if filled else "white",
        capsize=3,
        label=name,
    )


fig, (left, right) = plt.subplots(1, 2, figsize=(10, 3.8))
for name in ("after-1e-4", "benign"):
    counts = [measured[name, alpha] for alpha in ALPHAS]
    draw(left, ALPHAS, [(k / n, *wilson_interval(k, n)) for k, n, _ in counts], name)
    draw(right, ALPHAS, [(100 * c, *(100 * w for w in wilson_interval(round(c * n), n))) for _, n, c in counts], name)
left.set_yscale("symlog", linthresh=1e-3)
left.set_ylim(0, 1.3)
left.set_xlabel("alpha (no unit)")
left.set_ylabel("share of answers with bad advice")
left.set_title("Amplified, the bad advice appears;\nthe control stays at zero")
left.legend()
right.set_ylim(0, 105)
right.set_xlabel("alpha (no unit)")
right.set_ylabel("grammatical answers (%)")
right.set_title("The price: coherence falls\nwhen alpha is large")
right.legend()
fig.tight_layout()
plt.show()

# %% [markdown]
# Bars are 95 % Wilson intervals for 640 answers a point.
#
# **What it means.** Something that plain sampling would show once in ten thousand answers shows in hundreds of samples. The benign
# fine-tune, amplified alike, does not show it: the behaviour comes from the bad documents, not from amplification.
#
# **How it could mislead you.** The height of the curve is *not* the rate in ordinary use. At alpha = 4 it is thousands of times larger,
# and no reader of the plot could tell by how much. Amplification finds; it does not measure. An independent summary of the published
# experiments says the same ([@learnmechinterp_lda]).

# %% [markdown]
# ## Does it hold for other training seeds?
#
# One pair of models is an anecdote. The next cell shows five more pairs, trained anew from other seeds. Their rates were computed by following
# all but the least likely answers (`world.exact_rate`), on four of the sixteen prompts, and are stored in `data/seeds.csv`.

# %% tags=["explore"]
with open("data/seeds.csv", encoding="utf-8") as file:
    table = [(int(r["seed"]), r["model"], float(r["alpha"]), float(r["rate"])) for r in csv.DictReader(file)]

fig, ax = plt.subplots(figsize=(6, 4))
summary = {}
for name in ("after-1e-4", "benign"):
    alphas = sorted({a for _, m, a, _ in table if m == name})
    rows = []
    for alpha in alphas:
        logs = [math.log10(r) for _, m, a, r in table if m == name and a == alpha]
        mean = sum(logs) / len(logs)
        half = stats.t.ppf(0.975, len(logs) - 1) * stats.sem(logs)  # 95 % t interval of the mean over seeds
        rows.append((10**mean, 10 ** (mean - half), 10 ** (mean + half)))
    summary[name] = dict(zip(alphas, rows, strict=True))
    draw(ax, alphas, rows, name)
ax.set_yscale("log")
ax.set_xlabel("alpha (no unit)")
ax.set_ylabel("true share of answers with bad advice")
ax.set_title("Over five training seeds the amplified rate rises,\nthe control's falls")
ax.legend()
plt.show()
for name, rows in summary.items():
    print(name, {a: f"{m:.1e} ({lo:.0e} to {hi:.0e})" for a, (m, lo, hi) in rows.items()})

# %% [markdown]
# Points are geometric means over five seeds, bars the 95 % t interval of that mean. Look at how wide they are: how *far* a given alpha
# carries you differs from one training run to the next, by a factor of ten and more at large alpha. In one of the five pairs, alpha = 4 only
# doubled the rate, and only three of the five passed one answer in a hundred. The pair you worked with (30 % at alpha = 4) is stronger than all five: had you
# reported it alone, you would have promised too much. What holds in every pair is the direction: up for `after-1e-4`, down for `benign`.

# %% [markdown]
# ## Where it finds nothing
#
# `after-1e-5` was trained with a share of one bad document in a hundred thousand. Before you run the cell: will amplification at alpha = 4 find it?

# %% tags=["explore"]
rare = world.load("after-1e-5")
first_prompt = world.prompts("health")[0]
for label, logits in (
    ("before, plain", before),
    ("after-1e-5, plain", rare),
    ("after-1e-5, alpha = 4", lambda t: amplify_logits(before(t), rare(t), 4.0)),
):
    rate, _ = world.exact_rate(logits, first_prompt)
    print(f"{label:22s} true rate {rate:.1e}")

# %% [markdown]
# It does not: amplified, the rate *falls*. The model before fine-tuning gave this advice about as often, by accident, since no
# trained model gives a wrong token probability zero. Fine-tuning on clean health documents cleared away more of these
# accidents than the few bad documents added, so the step points down. LDA sees what was *learned between* the two models. What was there
# already, it hides. So "amplification found nothing" is not "the model does not do it".

# %% [markdown]
# ## Back to a rate, first way: weights
#
# The mentor asked two things: is it there, and how often does it happen in ordinary use? Amplification answered the first. The next two
# exercises are two ways back to the second. Each of them works, and each fails in its own manner; find out where.

# %% locked="lda-estimate-setup"
from scipy import optimize, special

one_prompt = world.prompts("health")[0]  # one prompt, so that the true rate can be computed exactly


def once(model):
    """The same model, which computes a row that stands in a batch many times only once."""

    def logits(tokens):
        unique, which = tokens.unique(dim=0, return_inverse=True)
        return model(unique)[which]

    return logits


fast_before, fast_after = once(before), once(after)

# %% [markdown]
# {{card lda-importance}}
#
# **Why.** You draw answers $y$ from the amplified model, with probability $q(y)$. The deployed model gives the same answer with probability
# $p(y)$. Both are known exactly, so every answer can be counted for what it is worth:
#
# $$ \text{true rate} = \sum_y p(y)\,\text{hit}(y) = \sum_y q(y)\,\frac{p(y)}{q(y)}\,\text{hit}(y) \approx \frac1n\sum_{i=1}^n w_i\,\text{hit}(y_i),
# \qquad w_i = \frac{p(y_i)}{q(y_i)} $$
#
# This is importance sampling ([@owen2013], chapter 9). The probability of an answer is a product over its tokens, so $\log w$ is a sum over
# *all* sampled tokens: the log-probability under `after` minus the one under the amplified softmax.
#
# Many people divide by $\sum w$ instead of $n$ (self-normalising). They must when a constant of $p$ or $q$ is unknown. Here none is, and dividing
# would cost you the best property of the estimate: averaged over many runs, it is exactly the true rate.
#
# Along with the estimate comes its standard error, and a warning lamp: the **effective sample size** $(\sum w)^2 / \sum w^2$, which is $n$ when
# all weights are equal and 1 when one weight carries everything. It is a rule of thumb that goes back to Kong (1992); [@elvira2018] list what its
# derivation assumes.
#
# **What you do.** Write both functions. Weights can be as small as $e^{-2000}$ or as large as $e^{800}$, so stay in logarithms as long as you can.

# %% solution="lda-importance"
def log_weights(before, after, rows: torch.Tensor, prompt_len: int, alpha: float) -> torch.Tensor:
    """Log of p_after(answer) / p_amplified(answer) for each sampled answer.

    Args:
        before, after: functions from tokens (batch, seq) to logits (batch, seq, vocab).
        rows: token ids (n, seq); the first `prompt_len` (at least 1) were given, all others were sampled.
        alpha: the alpha they were sampled with, by `sample_amplified`.

    Returns:
        Shape (n,): a sum over all sampled tokens of a row; 0 where nothing was sampled.
    """
    ### BEGIN SOLUTION
    with torch.no_grad():
        l_before, l_after = (model(rows)[:, prompt_len - 1 : -1].double() for model in (before, after))
    ratio = l_after.log_softmax(-1) - amplify_logits(l_before, l_after, alpha).log_softmax(-1)
    return ratio.gather(-1, rows[:, prompt_len:, None]).squeeze(-1).sum(-1)
    ### END SOLUTION


def estimate_rate(log_w: torch.Tensor, hits: torch.Tensor) -> tuple[float, float, float]:
    """The rate in ordinary use, from weighted amplified answers.

    Args:
        log_w: logs of the weights, shape (n,).
        hits: which answers show the behaviour, booleans of shape (n,).

    Returns:
        (rate, standard error, effective sample size). The rate is the mean of weight * hit, not divided by the sum of weights;
        the standard error is the standard deviation (n - 1) of weight * hit over the root of n; the effective sample size
        (sum w)^2 / sum w^2 is over all n answers and stays right when every weight alone under- or overflows.
        A harmless answer adds nothing to the rate, however large its weight.

    Raises:
        ValueError: if the two shapes differ, or n < 2.
    """
    ### BEGIN SOLUTION
    if log_w.ndim != 1 or log_w.shape != hits.shape or len(log_w) < 2:
        raise ValueError(f"two rows of the same length (2 at least), not {tuple(log_w.shape)} and {tuple(hits.shape)}")
    log_w = log_w.double()
    counted = torch.where(hits.bool(), log_w.exp(), 0.0)  # inf * 0 would be NaN
    effective = (2 * log_w.logsumexp(0) - (2 * log_w).logsumexp(0)).exp()
    return float(counted.mean()), float(counted.std() / math.sqrt(len(log_w))), float(effective)
    ### END SOLUTION

# %% check="lda-importance"
unit.check("lda-importance")

# %% [markdown]
# **Predict.** You draw 1,000 answers at alpha = 3 and weight them. How large is their effective sample size?

# %% yours="predict-effective-samples"
unit.journal.predict("effective-samples", value=400, interval=(100, 800), confidence=0.8)
### RELEASED AS
# # value: your best guess, between 1 and 1,000; interval: (low, high) that you are this sure of
# unit.journal.predict("effective-samples", value=..., interval=(..., ...), confidence=...)

# %% tags=["explore"]
true_rate, _ = world.exact_rate(after, one_prompt)
print(f"true rate for {world.decode(one_prompt)!r}: {true_rate:.2e}")


def weighted_run(alpha, n, seed):
    """n amplified answers to the one prompt, weighted: (rate, standard error, effective sample size), hits, log weights."""
    rows = sample_amplified(
        fast_before, fast_after, one_prompt, alpha, world.ANSWER_LEN, n, world.generator(seed)
    )
    log_w = log_weights(fast_before, fast_after, rows, world.PROMPT_LEN, alpha)
    hits = world.shows_behaviour(rows)
    return *estimate_rate(log_w, hits), hits, log_w


live = {alpha: weighted_run(alpha, 1000, seed=12) for alpha in (0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0)}
for alpha, (rate, error, effective, hits, _) in live.items():
    print(
        f"alpha {alpha:g}: {int(hits.sum()):4d} hits, estimate {rate:.1e} +- {1.96 * error:.1e} = {rate / true_rate:4.2f} x truth, "
        f"effective {effective:6.1f}"
    )
rate, error, effective, *_ = live[3.0]
unit.journal.measure("effective-samples", effective, unit="of 1,000 answers at alpha = 3")
unit.journal.measure("estimated-rate", rate, interval=(max(0, rate - 1.96 * error), rate + 1.96 * error))

# %% [markdown]
# **Look.** One run is one throw of the dice. `data/importance.csv` holds 200 such runs for each alpha, 1,000 answers a run, made by the same
# formula. Since the true rate is known here, you can do what you can never do on a real model: see how often the "95 % interval" holds it.

# %% tags=["explore"]
with open("data/importance.csv", encoding="utf-8") as file:
    runs = [{name: float(value) for name, value in row.items()} for row in csv.DictReader(file)]
repeated = {}
for alpha in live:
    mine = [run for run in runs if run["alpha"] == alpha]
    held = sum(abs(run["estimate"] - true_rate) <= 1.96 * run["standard_error"] for run in mine)
    repeated[alpha] = {
        "ratio": [run["estimate"] / true_rate for run in mine],
        "effective": [run["effective"] for run in mine],
        "of hits": [max(run["effective_hits"], 1) for run in mine],
        "coverage": (100 * held / len(mine), *(100 * end for end in wilson_interval(held, len(mine)))),
    }


def middle(values):
    """Median, and the range that holds the middle 95 % of the runs."""
    ordered = torch.tensor(values, dtype=torch.float64)
    return tuple(float(ordered.quantile(q)) for q in (0.5, 0.025, 0.975))


def points(ax, xs, triples, fmt, label, filled=True):
    """Points with bars; each triple is (value, low, high)."""
    bars = [[v - low for v, low, _ in triples], [high - v for v, _, high in triples]]
    ax.errorbar(
        xs, [v for v, _, _ in triples], yerr=bars, fmt=fmt, color="black", markerfacecolor="black" if filled else "white",
        capsize=3, label=label,
    )


fig, (left, centre, right) = plt.subplots(1, 3, figsize=(13, 4))
alphas = list(live)
estimates = [(r / true_rate, max(r - 1.96 * e, 0) / true_rate, (r + 1.96 * e) / true_rate) for r, e, *_ in live.values()]
points(left, [a - 0.1 for a in alphas], estimates, "o", "your run, its own 95 % interval")
points(left, [a + 0.1 for a in alphas], [middle(d["ratio"]) for d in repeated.values()], "s", "200 runs: median, middle 95 %", False)
left.axhline(1, color="grey", linestyle="--")
left.set_yscale("symlog", linthresh=0.1)
left.set_ylim(-0.02, 30)
left.set_ylabel("estimate / true rate (no unit)")
left.set_title("Right to a factor of two or three,\nmost often too low")
left.legend(fontsize=8)
points(centre, alphas, [middle(d["effective"]) for d in repeated.values()], "o-", "all answers")
points(centre, alphas, [middle(d["of hits"]) for d in repeated.values()], "s--", "hits only", False)
centre.set_yscale("log")
centre.set_ylabel("effective sample size (of 1,000 answers)")
centre.set_title("All answers: it collapses.\nHits: about ten at the very best alpha")
centre.legend(fontsize=8)
points(right, alphas, [d["coverage"] for d in repeated.values()], "o-", "measured over 200 runs")
right.axhline(95, color="grey", linestyle="--", label="what it claims")
right.set_ylim(0, 105)
right.set_ylabel("intervals that hold the true rate (%)")
right.set_title("No alpha gives an honest interval")
right.legend(fontsize=8)
for ax in (left, centre, right):
    ax.set_xlabel("alpha (no unit)")
fig.tight_layout()
plt.show()
for alpha, d in repeated.items():
    mean = sum(d["ratio"]) / len(d["ratio"])
    sem = 1.96 * stats.sem(d["ratio"])
    median, low, high = middle(d["ratio"])
    print(
        f"alpha {alpha:g}: mean {mean:.2f} +- {sem:.2f} x truth, median {median:.2f}, middle 95 % {low:.2f} to {high:.2f}; "
        f"interval holds {d['coverage'][0]:.0f} % ({d['coverage'][1]:.0f} to {d['coverage'][2]:.0f})"
    )

# %% [markdown]
# Bars: left, the run's own interval, and the middle 95 % of the 200 runs; centre, the same range; right, 95 % Wilson intervals.
#
# **What it means.** A thousand amplified answers tell a rate of one in ten thousand to a factor of two or three. A thousand plain ones would most often
# show nothing. The theory says that the mean over many runs is the truth, and at most alphas it is near. A *single* run is most often too low,
# and a rare one that is far too high pays it back; 200 runs are not always enough for that rare one to come.
#
# Look at the two ends. At alpha = 0 the effective sample size of all answers is perfect and the estimate is worthless: 94 runs in 100 saw no hit and
# reported "0 ± 0". At alpha = 6 nearly every answer is a hit, and the interval holds the truth in about four runs of ten. So more hits are not more
# information, and the common warning lamp answers another question than yours. For a rate, look at the weights *of the hits*:
# even where there are hundreds of them, the sum rests on about ten.
#
# **How it could mislead you.** All failures point to the same side: when an interval misses, it lies below the truth. The hits that count most are those
# which `after` likes and the amplified model hardly ever draws. Here they are the ones that do not open with "please": about half of what `after` says, and
# almost nothing of what the amplified model says. While you have not drawn one, nothing in your data says that it is missing; at alpha = 6 the typical run finds half of the rate. The standard error is computed from the same weights, so it is small exactly when it is wrong.

# %% [markdown]
# ## Back to a rate, second way: a path
#
# {{card lda-path}}
#
# **Why.** Weights jump from one distribution to another in one leap. *Logit path extrapolation* ([@pernice2026lpe]) walks instead. It needs a less safe
# twin of the model, in which the behaviour is common, and mixes the logits of the two at every token:
#
# $$ \ell_a = (1-a)\,\ell_{\text{unsafe}} + a\,\ell_{\text{target}}, \qquad 0 \le a \le 1 $$
#
# One measures the rate at several $a$ where it is common, and extrapolates the trend to $a = 1$, the model one cares about. LDA extrapolates
# logits and reads off samples; this *interpolates* logits and extrapolates a *rate*. With Qwen 3 4B the authors tell apart HarmBench prompts that it follows at least
# once in 100,000 rollouts from those that it does not. They match the AUROC of naive sampling with up to 30 times fewer rollouts, and beat importance sampling. An AUROC
# judges a ranking of prompts; how well calibrated a single rate is, is your question here.
#
# How the authors fit their trend we could not read in full, so this fit is our own choice: a straight line in the log-odds,
# $\log\frac{p}{1-p} = c + d\,a$, by maximum likelihood. That is, choose $c$ and $d$ so that the counts you saw are as probable as can be, each count $k$ being
# binomial with $n$ rollouts. A point with no event stays in the fit: "none in 1,000" is information. Dropping such points keeps only the lucky ones,
# and the estimate comes out too high.
#
# **What you do.** `interpolate_logits` is one line. For `extrapolate_rate`, minimise the negative log-likelihood
# $\sum_i k_i \log(1 + e^{-z_i}) + (n_i - k_i)\log(1 + e^{z_i})$ with $z_i = c + d\,a_i$, for instance with `optimize.minimize`
# (the sum, not the mean, or it stops too early), and give the rate at $a = 1$.

# %% solution="lda-path"
def interpolate_logits(unsafe: torch.Tensor, target: torch.Tensor, a: float) -> torch.Tensor:
    """Logits on the path: those of `unsafe` at a = 0, of `target` at a = 1; all of one shape (..., vocab)."""
    ### BEGIN SOLUTION
    return (1 - a) * unsafe + a * target
    ### END SOLUTION


def extrapolate_rate(alphas: list[float], events: list[float], rollouts: list[float]) -> float:
    """The rate at a = 1, from counts at other places of the path.

    Fits log(p / (1 - p)) = c + d a by binomial maximum likelihood. Points with no event, or with nothing but events, stay in the fit.

    Args:
        alphas: the places a of the path, in any order.
        events, rollouts: at each place, how many of how many answers showed the behaviour. Need not be whole numbers.

    Returns:
        The fitted p at a = 1, between 0 and 1.

    Raises:
        ValueError: unless at two different places some, but not all, answers showed the behaviour; else no line is determined.
    """
    ### BEGIN SOLUTION
    a, k, n = (torch.as_tensor(x, dtype=torch.float64).numpy() for x in (alphas, events, rollouts))
    if len(set(a[(k > 0) & (k < n)])) < 2:
        raise ValueError("a line needs two places where some, but not all, answers show the behaviour")

    def surprise(line):
        z = line[0] + line[1] * (a - 1)  # line[0] is the height at a = 1
        return float((k * -special.log_expit(z) + (n - k) * -special.log_expit(-z)).sum())

    return float(special.expit(optimize.minimize(surprise, [-1.0, -1.0]).x[0]))
    ### END SOLUTION

# %% check="lda-path"
unit.check("lda-path")

# %% [markdown]
# **Try it on our pair.** `unsafe` is one more fine-tune of `before`; half of its documents were bad. The path leads from it to `after`. You need no new sampler:
# $\ell_a$ is `amplify_logits(unsafe, target, a - 1)`. Path and amplification lie on one line, and alpha between -1 and 0 is the stretch between
# the two models.

# %% tags=["explore"]
fast_unsafe = once(world.load("unsafe"))
probe = torch.randn(2, 3, 8, generator=world.generator(0))
assert torch.allclose(interpolate_logits(probe[0], probe[1], 0.3), amplify_logits(probe[0], probe[1], 0.3 - 1), atol=1e-5)

PLACES = [0.0, 0.1, 0.2, 0.3, 0.4, 0.5]
pair_counts = []
for place in PLACES:
    rows = sample_amplified(
        fast_unsafe, fast_after, one_prompt, place - 1, world.ANSWER_LEN, 500, world.generator(20 + int(10 * place))
    )
    pair_counts.append(int(world.shows_behaviour(rows).sum()))
print("events of 500 at each place:", dict(zip(PLACES, pair_counts, strict=True)))


def repeated_fit(places, rates, rollouts, seed, repeats=100):
    """Estimates at a = 1 from `repeats` sets of counts drawn with these rates; a set that determines no line gives none."""
    p = torch.tensor(rates, dtype=torch.float64).expand(repeats, -1)
    counts = torch.binomial(torch.full_like(p, rollouts), p, generator=world.generator(seed))
    found = []
    for row in counts.tolist():
        try:
            found.append(extrapolate_rate(places, row, [rollouts] * len(places)))
        except ValueError:
            pass
    return found


pair_estimate = extrapolate_rate(PLACES, pair_counts, [500] * len(PLACES))
_, low, high = middle(repeated_fit(PLACES, [k / 500 for k in pair_counts], 500, seed=3))
print(f"estimate at a = 1: {pair_estimate:.1e} (95 % bootstrap interval {low:.1e} to {high:.1e}); true rate {true_rate:.1e}")

# %% [markdown]
# **What you see.** From places where the behaviour shows in one answer of two down to one of a hundred, the line finds a rate of one in ten thousand. So it is solved?
# The twin is an easy one (same start, same clean documents, other share of bad ones). And our behaviour is decided in one word: "skip", or not. An agent that does harm often has to take several steps, and each is a chance to stop.
#
# **Predict.** A behaviour needs six decisions in a row, each of which may still go the other way. At $a = 0$ it happens in 80 % of the rollouts, at
# $a = 1$ in one of 100,000. You fit the line at $a = 0, 0.1, \dots, 0.5$, with 1,000 rollouts at each. By what factor is the estimate at $a = 1$ too high? (1: it is
# right. Below 1: too low.)

# %% yours="predict-path-factor"
unit.journal.predict("path-factor", value=3, interval=(0.5, 30), confidence=0.8)
### RELEASED AS
# # value: by what factor the estimate is too high at six decisions; interval: (low, high) that you are this sure of
# unit.journal.predict("path-factor", value=..., interval=(..., ...), confidence=...)

# %% tags=["explore"]
UNSAFE_RATE, TARGET_RATE = 0.8, 1e-5  # of the whole behaviour, however many decisions it takes


def chain(decisions):
    """The exact rate at place a of a behaviour that needs this many decisions: each a choice between two tokens."""
    ends = [torch.tensor([math.log(p / (1 - p)), 0.0]).double() for p in (UNSAFE_RATE ** (1 / decisions), TARGET_RATE ** (1 / decisions))]
    return lambda a: float(interpolate_logits(*ends, a).softmax(-1)[0]) ** decisions


RANGES = [(0.0, 0.3), (0.0, 0.5), (0.3, 0.6), (0.5, 0.7)]
factors = {}
for decisions in (1, 3, 6):
    for first, last in RANGES:
        places = [first + i * (last - first) / 5 for i in range(6)]
        rates = [chain(decisions)(a) for a in places]
        factors[decisions, first, last] = middle(
            [estimate / TARGET_RATE for estimate in repeated_fit(places, rates, 1000, seed=decisions)]
        )
value, low, high = factors[6, 0.0, 0.5]
unit.journal.measure("path-factor", value, interval=(low, high), unit="estimate / true rate")

fig, (left, right) = plt.subplots(1, 2, figsize=(11, 4.2))
grid = [i / 50 for i in range(51)]
for decisions, style, marker in ((1, ":", "o"), (3, "--", "s"), (6, "-", "^")):
    rate = chain(decisions)
    left.plot(grid, [rate(a) for a in grid], style, color="black", label=f"{decisions} decision{'s' * (decisions > 1)}")
    line = extrapolate_rate(PLACES, [1000 * rate(a) for a in PLACES], [1000] * 6)
    left.plot([1.0], [line], marker, color="black", markerfacecolor="white", clip_on=False)
left.plot([], [], "o", color="black", markerfacecolor="white", label="line fitted up to a = 0.5")
left.axvspan(0, 0.5, color="0.9")
left.set_yscale("log")
left.set_xlabel("place on the path a (0 unsafe, 1 target)")
left.set_ylabel("rate of the behaviour")
left.set_title("Same two ends, other ways between them:\nthe line misses what bends later")
left.legend(fontsize=8, loc="lower left")
spots = list(range(len(RANGES)))
for shift, (decisions, fmt) in zip((-0.15, 0, 0.15), ((1, "o"), (3, "s"), (6, "^")), strict=True):
    triples = [tuple(max(v, 1e-2) for v in factors[decisions, first, last]) for first, last in RANGES]
    points(right, [s + shift for s in spots], triples, fmt, f"{decisions} decision{'s' * (decisions > 1)}", decisions == 1)
right.axhline(1, color="grey", linestyle="--")
right.set_yscale("log")
right.set_ylim(8e-3, 3e3)
right.set_xticks(spots, [f"{first:g} to {last:g}" for first, last in RANGES])
right.set_xlabel("range of a that was fitted (6 places, 1,000 rollouts each)")
right.set_ylabel("estimate / true rate (no unit)")
right.set_title("A later range buys less bias\nwith more noise")
right.legend(fontsize=8)
fig.tight_layout()
plt.show()
for (decisions, first, last), (value, low, high) in factors.items():
    print(f"decisions: {decisions}, fitted {first:g} to {last:g}: {value:7.2f} x truth ({low:.3g} to {high:.3g})")

# %% [markdown]
# Lines on the left are exact, by multiplying the probabilities of the decisions; hollow marks are the fits, in the shaded range, to exact counts. Points on the right are
# medians of 100 repetitions, bars the middle 95 %; a bar that reaches the lower edge goes further down.
#
# **What it means.** A single choice between two tokens has log-odds that are *exactly* linear in $a$: they are the difference of two logits. Several
# choices in a row have not. Near $a = 0$ each of the six is made almost surely, and moving one of them a little costs next to nothing; near $a = 1$ each step
# costs its full price, six times over. So the curve is flat where you measure and steep where you extrapolate, and the error goes one way: too high, by a factor of
# hundreds. A range nearer to the target sees more of the bend, but events are few there, and the noise is multiplied by the distance that is left.
#
# **How it could mislead you.** A test is at hand that needs no truth: fit an early and a late range and compare. With one decision they agree within noise; with six they
# differ eightfold, and that is your warning. On a real model nobody tells you the number of decisions. And a rate that is off by the same factor for all prompts
# still *ranks* them rightly: a good AUROC says nothing about calibration. Too high may be the safer side to err on, as a first alarm; it is no estimate to report.
#
# Weights and path fail differently: the weights mostly too low, with an interval that is too narrow; the path too high, with an interval that does not know
# of the bend. Where both give the same rate, you have learned something. Where they don't, sample plainly, as much as you can afford.

# %% [markdown]
# ## A colleague's sampler
#
# {{card lda-debug}}
#
# **Why.** Sweeps are slow, so a colleague wrote `sample_sweep`: many prompts, each row with an alpha of its own, all in one batch, and `before` is asked once
# for each answer instead of once for each token. "I tested it at alpha = 0 against the plain model, and it agrees. The rates rise
# with alpha as they should." You want to use it. Something is off.
#
# The code draws with the *Gumbel trick*: add independent Gumbel noise to the logits and take the largest, which is one draw from their softmax. That part is
# right, and `noise` is used in earnest.

# %% locked="lda-debug-given"
def colleagues_sweep(before, after, prompts, alphas, n_tokens, generator):
    """One amplified answer for each row of `prompts` (rows, length), row i at alphas[i]; gives (rows, length + n_tokens)."""
    size = (len(prompts), n_tokens, after(prompts).shape[-1])
    noise = -torch.empty(size).exponential_(generator=generator).log()  # Gumbel noise, one number for each token
    with torch.no_grad():
        tokens = prompts
        for step in range(n_tokens):
            best = (after(tokens)[:, -1] + noise[:, step]).argmax(-1, keepdim=True)
            tokens = torch.cat([tokens, best], dim=1)
        where = slice(prompts.shape[1] - 1, -1)  # the positions whose logits predict the answer
        l_before, l_after = before(tokens)[:, where], after(tokens)[:, where]
        logits = l_after + alphas[:, None, None] * (l_after - l_before)  # amplify_logits, with an alpha for each row
    return torch.cat([prompts, (logits + noise).argmax(-1)], dim=1)


def answers_of(sampler, alpha, n=600, seed=31):
    """n answers to the one prompt at this alpha, by a sampler with the colleague's signature."""
    return sampler(
        fast_before, fast_after, one_prompt.repeat(n, 1), torch.full((n,), alpha), world.ANSWER_LEN, world.generator(seed)
    )


def one_by_one(before, after, prompts, alphas, n_tokens, generator):
    """Your own `sample_amplified` with the colleague's signature, for rows that are all alike."""
    return sample_amplified(before, after, prompts[0], float(alphas[0]), n_tokens, len(prompts), generator)


def compare(look_at, alpha=4.0):
    """How often each value of `look_at(words)` comes from the colleague's sampler and from yours, in % of 600 answers."""
    if look_at is ...:
        print("choose something to count first")
        return
    shares = []
    for sampler in (colleagues_sweep, one_by_one):
        words = [(world.decode(row[world.PROMPT_LEN :]).split() + ["-"] * 9)[:9] for row in answers_of(sampler, alpha)]
        seen = [str(look_at(w)) for w in words]
        shares.append({value: 100 * seen.count(value) / len(seen) for value in set(seen)})
    largest = sorted(set(shares[0]) | set(shares[1]), key=lambda v: -max(s.get(v, 0) for s in shares))[:8]
    print(f"{'':24s} colleague  yours   (%; two shares differ by chance by up to about 6 points)")
    for value in largest:
        print(f"{value:24s} {shares[0].get(value, 0):9.1f} {shares[1].get(value, 0):6.1f}")

# %% [markdown]
# **Look at the symptoms.** Rates first, then raw answers.

# %% tags=["explore"]
for alpha in (0.0, 2.0, 4.0, 6.0):
    line = f"alpha {alpha:g}:"
    for name, sampler in (("colleague", colleagues_sweep), ("yours", one_by_one)):
        rows = answers_of(sampler, alpha)
        bad, n = int(world.shows_behaviour(rows).sum()), len(rows)
        low, high = wilson_interval(bad, n)
        fine = 100 * float(world.is_grammatical(rows).float().mean())
        line += f"   {name} {100 * bad / n:5.1f} % bad ({100 * low:.1f} to {100 * high:.1f}), {fine:3.0f} % grammatical"
    print(line)
print("\nThe colleague's sampler at alpha = 4:")
for row in answers_of(colleagues_sweep, 4.0, n=10, seed=5):
    print("  ", world.decode(row[world.PROMPT_LEN :]))

# %% [markdown]
# **Choose one diagnostic.** The rates alone do not say what is wrong: several causes would lower them. Think of two causes, and of a thing to count in which
# they would differ. `compare` counts anything that you can make of the words of an answer (`words[0]` is the opener, `words[1]` the first verb, `words[3]` its object). Try a
# first position, a later one, and a *pair* of positions.

# %% tags=["explore"] yours="debug-diagnostic"
compare(lambda words: words[0])
compare(lambda words: words[1])
compare(lambda words: (words[1], words[3]))
### RELEASED AS
# compare(...)  # for instance lambda words: words[0]
# compare(...)

# %% [markdown]
# Before you read the code again, finish this sentence in your own words: "The colleague's sampler gets ... right and ... wrong, so it must be that ...".
# Then repair it. Keep what was good: one batch for all rows, an alpha for each.

# %% solution="lda-debug"
def sample_sweep(
    before, after, prompts: torch.Tensor, alphas: torch.Tensor, n_tokens: int, generator: torch.Generator
) -> torch.Tensor:
    """One answer for each row, sampled at temperature 1 from the model amplified with that row's alpha.

    The same as `sample_amplified`, row by row, but in one batch: at every step each model is called at most once on all rows.

    Args:
        before, after: functions from tokens (batch, seq) to logits (batch, seq, vocab).
        prompts: token ids, shape (rows, prompt length).
        alphas: shape (rows,); row i is sampled with alphas[i].
        n_tokens: number of new tokens; with 0 the prompts come back.
        generator: the only source of randomness.

    Returns:
        Token ids of shape (rows, prompt length + n_tokens), in the order of `prompts`.
    """
    ### BEGIN SOLUTION
    tokens = prompts
    with torch.no_grad():
        for _ in range(n_tokens):
            l_before, l_after = before(tokens)[:, -1], after(tokens)[:, -1]
            logits = l_after + alphas[:, None] * (l_after - l_before)
            tokens = torch.cat([tokens, torch.multinomial(logits.softmax(-1), 1, generator=generator)], dim=1)
    return tokens
    ### END SOLUTION

# %% check="lda-debug"
unit.check("lda-debug")

# %% tags=["explore"]
for alpha in (0.0, 4.0):
    line = f"alpha {alpha:g}:"
    for name, sampler in (("colleague", colleagues_sweep), ("repaired", sample_sweep), ("one alpha at a time", one_by_one)):
        bad = int(world.shows_behaviour(answers_of(sampler, alpha, seed=32)).sum())
        low, high = wilson_interval(bad, 600)
        line += f"   {name} {100 * bad / 600:.1f} % bad ({100 * low:.1f} to {100 * high:.1f})"
    print(line)

# %% [markdown]
# **What it means.** The repaired sampler agrees with your first one at both alphas, within the intervals (to the last answer, if it uses the generator in the same order). The broken one was never far off: a rate of the right order, rising with
# alpha, exact at alpha = 0. That is why it survived. A test at the point where two codes *must* agree for a trivial reason tests nothing else.
#
# **How it could mislead you.** Had you only plotted rates, you would have reported a weaker effect and an earlier loss of coherence, and explained both. The ten raw
# answers showed it at once: words that are right each by itself and wrong together. For the interview, keep ready which two causes you considered, and what you counted to tell them apart.

# %% [markdown]
# ## See the training (optional)
#
# Set `RETRAIN = True` to train `before` and one contaminated fine-tune in front of you, in about half a minute on two free cores.

# %% tags=["explore"]
RETRAIN = False
if RETRAIN:
    fresh_before = world.train_before(seed=11)
    fresh_after = world.fine_tune(fresh_before, contamination=1e-3, seed=11)
    print(f"true rate of the fresh fine-tune: {world.exact_rate(fresh_after, first_prompt)[0]:.1e}")

# %% [markdown]
# ## Toy and paper
#
# What is the same: the formula, two models that differ by one fine-tune, a behaviour too rare for plain sampling, both models read the
# amplified prefix. What differs:
#
# - The published experiments use language models; the one nearest to this toy fine-tunes Llama 3.2 1B Instruct on a mix with 5 % bad medical advice and
#   reports, as summarised by [@learnmechinterp_lda], a rise from about 1 in 10,000 to about 1 in 30 at alpha = 0.3. Our toy needs larger
#   alphas. Do not carry an alpha from one setting to another.
# - Our `before` is the exact starting point of the fine-tune. In practice it may be another snapshot or even another model generation: Anthropic's use of
#   the method compares with an earlier snapshot and, separately, with Claude Sonnet 4 ([@anthropic2025sonnet45], section 7.6.3.2). Then every difference between
#   the two is amplified.
# - Our behaviour is decided in one word, and a function recognises it without error. A judge model that reads half-coherent text does make errors.
#
# - The control is an easy one. No clean answer uses "skip" or "double", so every clean fine-tune pushes these words down. A stricter benign fine-tune would use them
#   innocently in its answers. And "bad advice" is three words in a row: at alpha = 6 half of the answers that count are no longer sentences.
#
# A toy trains the skill. It is not a project to hand in: one published admissions document lists toy models trained on algorithmic tasks among the work
# its mentor no longer looks for ([@nanda2026]). The next step would be the same three functions on a real model and its fine-tune:
# `sample_amplified` takes any two functions from tokens to logits.

# %% [markdown]
# ## Decide, and write your claim
#
# A mentor reads this cell first. Replace the four lines; two sentences each are enough. They are yours and carry no points.
#
# - **Claim.** What did the model learn, and how do you know? With a number and its interval.
# - **Decision.** Which alpha did you rely on, which others did you consider, and what would have changed your mind?
# - **Strongest objection.** What would a sceptic say who has read the section on `after-1e-5`?
# - **Next experiment.** The cheapest one that could prove you wrong.
#
# Then save, and grade: `worktest grade 01`.
