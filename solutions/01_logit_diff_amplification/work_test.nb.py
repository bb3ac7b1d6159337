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
