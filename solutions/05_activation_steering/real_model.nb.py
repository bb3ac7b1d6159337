# %% [markdown]
# # Now on a real model
#
# The work test had a toy, because in a toy you know what is true. But a mentor may well ask first whether the finding holds in a model that
# somebody uses. One published admissions document lists toy models trained on algorithmic tasks among the common mistakes, and missing
# baselines too, such as a random vector. "This concept has a linear direction" is one of its examples of a project that is too generic
# ([@nanda2026]). So a toy alone is no project to hand in, and neither is a vector alone. This notebook is the way out of the toy: the same
# questions, put to a language model of 135 million parameters.
#
# It carries no points. It takes two to three minutes of computing on a laptop, and an hour if you think along. Without the model it runs to
# its end and shows nothing; to get the model, once:
#
# ```
# worktest models get smollm2
# ```
#
# Where the model hub can't be reached, the weights come **rounded to 4 bits**, and so it was for the numbers in the text below. The line
# that the next cell prints says which you have. With the weights of the hub your numbers will differ a little.

# %% tags=["explore"]
import math

import matplotlib.pyplot as plt
import numpy as np
import torch
from scipy import stats
from torch.nn.utils.rnn import pad_sequence

import worktest
from worktest import models

journal = worktest.open_unit().journal
model = models.there("smollm2")
here = model is not None

# %% [markdown]
# ## First a sentence
#
# **The pairs.** Somebody likes something, or dislikes it: eight pairs of sentences that differ in a word or two. The vector is the
# difference of means at the last token, as in the work test. None of the words that we will measure later ("wonderful", "terrible") stands
# in a pair, so that the vector can't be the mere memory of those words.
#
# **The dose.** In the toy we gave all layers the same multiple of their vector. The vectors differ in length, so a sweep over layers also
# changed how hard each layer was pushed. Here the dose is the length of the push as a share of the length of the residual stream at that
# layer. Dose 0.2 is a fifth of the stream, at whatever layer. The push is added at every token.

# %% tags=["explore"]
PAIRS = [
    ("I love it here", "I hate it here"),
    ("She enjoyed every minute of it", "She resented every minute of it"),
    ("They were glad to see the place", "They were sorry to see the place"),
    ("The critics praised the book", "The critics mocked the book"),
    ("It was a pleasure to work with them", "It was a torment to work with them"),
    ("The children adored the game", "The children despised the game"),
    ("He smiled when he saw the result", "He groaned when he saw the result"),
    ("We would gladly do it again", "We would never do it again"),
]
depth = model.cfg.n_layers if here else 30
LAYERS = range(depth // 10, depth, depth // 10)  # 3, 6, ..., 27 of 30; at layer 0 the last word has not seen the others
DOSES = (0.1, 0.2, 0.4)


def place(layer):
    """The name of what enters a block."""
    return f"blocks.{layer}.hook_in"


def streams(text):
    """What enters each of LAYERS, by layer, each (tokens, d_model)."""
    with torch.no_grad():
        _, cache = model.run_with_cache(model.to_tokens(text), names_filter=[place(layer) for layer in LAYERS])
    return {layer: cache[place(layer)][0].clone() for layer in LAYERS}


def adding(layer, push):
    """Hooks that add a push to the residual stream at every token, or none."""
    return [] if push is None else [(place(layer), lambda stream, hook: stream + push)]


if here:
    held = [(streams(liked), streams(disliked)) for liked, disliked in PAIRS]
    vector = {k: torch.stack([a[k][-1] - b[k][-1] for a, b in held]).mean(0) for k in LAYERS}
    # the first token is left out: models park something very long there
    size = {k: torch.cat([x[k][1:].norm(dim=-1) for pair in held for x in pair]).mean() for k in LAYERS}


def at_random(n, seed):
    """n directions, even over the sphere once `pushed` has set their length; (n, d_model)."""
    noise = torch.randn(n, model.cfg.d_model, generator=torch.Generator().manual_seed(seed))
    return noise.to(model.cfg.device)


def pushed(layer, dose, direction=None):
    """A push of the length dose x stream: along the vector of that layer, or along `direction`, (..., d_model)."""
    direction = vector[layer] if direction is None else direction
    return dose * size[layer] * direction / direction.norm(dim=-1, keepdim=True)


if here:
    layer, start = LAYERS[6], "My week at the new job was"
    trials = {"plain": None, "liking, dose +0.3": pushed(layer, 0.3), "liking, dose -0.3": pushed(layer, -0.3)}
    trials["a random vector, dose 0.3"] = pushed(layer, 0.3, at_random(1, seed=1))
    print(start, "...")
    for name, push in trials.items():
        with model.hooks(fwd_hooks=adding(layer, push)):
            drawn = models.sample(model, start, n=4, temperature=0.7, seed=1, max_tokens=14)
        print(f"\n{name}")
        for one in drawn[0]:
            print("    ..." + " ".join(one.text.split()))

# %% [markdown]
# **How it could mislead you.** Four draws each, with one seed, not picked; but the setting (layer 21) and the sentence *were* picked, on a
# pilot, because there one can see something. A sentence convinces more than it proves. From here on we count.

# %% [markdown]
# ## What is measured
#
# - **Log-odds**, as in the toy: the probability that the next word is one of eight words of praise, against one of eight words of
#   complaint. One forward pass a prompt.
# - **Two kinds of prompts** for each subject: *open* ("The coffee was") and *negated* ("The coffee was not"). After "not", liking needs a
#   word of complaint: "not bad". So the shift that is *meant* is up for open prompts and down for negated ones. A prompt moves the **wrong
#   way** if its meant shift is below zero.
# - **Whole sentences**, as a check on the words: the log-probability of "I would recommend it to anybody" less that of "I would not
#   recommend it to anybody", and one more such pair.
# - **Cost**: nats a token on plain sentences about other things. 0.1 nats raise the perplexity by about a tenth.
#
# Layer and dose are chosen on six subjects and four texts; what is reported comes from 24 other subjects and ten other texts.
#
# **What was tried before.** Six more subjects were for a pilot, 24 for a first report; they are left out. (Of eight subjects that chose
# then, two were dropped to save time.) Pairs, words, layers, doses and the budget of 0.1 nats are those of the pilot, except that layer 0
# is gone, where the vector has no length. One thing was changed after the first report, and you should know it: the second of the two rules
# below. The reason stands there.

# %% tags=["explore"]
PRAISE = ["good", "great", "wonderful", "lovely", "delightful", "excellent", "amazing", "fantastic"]
COMPLAINT = ["bad", "terrible", "awful", "horrible", "dreadful", "poor", "boring", "disappointing"]
TO_CHOOSE = ["The bread at the market", "The new bridge", "The museum tour", "The second season of the show"]
TO_CHOOSE += ["The coffee", "The apartment"]
TO_REPORT = ["The beach", "The new menu", "The theatre play", "The history class", "The bike lane", "The ferry"]
TO_REPORT += ["The Sunday breakfast", "The train station", "The autumn festival", "The board game", "The shoe shop"]
TO_REPORT += ["The documentary", "The evening walk", "The school canteen", "The radio programme", "The carpet"]
TO_REPORT += ["The mobile app", "The exhibition", "The art lesson", "The village fair", "The kitchen table"]
TO_REPORT += ["The printer", "The mountain hut", "The haircut"]
TEXTS_TO_CHOOSE = [
    "Water boils at a lower temperature on a mountain, because the air presses less on it.",
    "The library is open from nine to five on weekdays and closed on Sundays.",
    "To change a tyre, loosen the nuts first and then lift the car with the jack.",
    "A triangle with three equal sides has three equal angles.",
]
TEXTS_TO_REPORT = [
    "The train to the coast leaves every hour and stops in four towns.",
    "Bees carry pollen from one flower to the next while they look for food.",
    "A function returns a value, and a procedure does something and returns nothing.",
    "In winter the sun stands lower in the sky and the shadows are longer.",
    "The committee will meet on the first Monday of each month.",
    "Salt dissolves faster in hot water than in cold water.",
    "Write your name in the upper corner of the page and the date below it.",
    "The river begins in the hills and reaches the sea after two hundred miles.",
    "Multiply the width by the height to get the area of the wall.",
    "The heart pumps blood through the lungs and then through the rest of the body.",
]
SENTENCES = [(" I would recommend it to anybody.", " I would not recommend it to anybody.")]
SENTENCES += [(" It made my day.", " It ruined my day.")]
IN_THE_PROMPT = "I loved everything about that day. "  # the baseline without a hook


def ids(text):
    """Tokens of a text, without special ones."""
    return model.tokenizer(text, add_special_tokens=False)["input_ids"]


def log_odds(prompts, layer=0, push=None):
    """Log-odds of praise as the next word after each prompt; (prompts,). A push may be one for each: (prompts, 1, d_model)."""
    rows = [torch.tensor(ids(prompt)) for prompt in prompts]
    tokens = pad_sequence(rows, batch_first=True).to(model.cfg.device)  # padded on the right: no token sees what comes after it
    last = [len(row) - 1 for row in rows]

    def only_the_last(stream, hook):  # a fifth of the work is to make logits that nobody reads
        return stream[range(len(rows)), last][:, None]

    with torch.no_grad(), model.hooks(fwd_hooks=[*adding(layer, push), ("unembed.hook_in", only_the_last)]):
        logits = model(tokens)[:, 0].float().cpu()
    sides = [torch.tensor([ids(" " + word)[0] for word in words]) for words in (PRAISE, COMPLAINT)]
    return (logits[:, sides[0]].logsumexp(-1) - logits[:, sides[1]].logsumexp(-1)).numpy()


def prompts_about(subjects, before=""):
    """The open prompts, then the negated ones."""
    return [f"{before}{subject} was{end}" for end in ("", " not") for subject in subjects]


def open_and_negated(shifts):
    """Shifts of prompts_about(...), split into the two kinds: (..., 2, subjects)."""
    return shifts.reshape(*shifts.shape[:-1], 2, -1)


MEANT = np.array([[1.0], [-1.0]])  # up for open prompts, down for negated ones
RULES = {  # what a setting is worth by its shifts, (..., 2, subjects)
    "the bar's rule": lambda shifts: shifts[..., 0, :].mean(-1),
    "the rule of both": lambda shifts: (shifts * MEANT).mean(-1).min(-1),
}


def nats(texts, layer=0, push=None):
    """Nats a token of each text after its first word; (texts,)."""
    firsts, rests = zip(*(text.split(" ", 1) for text in texts), strict=True)
    with model.hooks(fwd_hooks=adding(layer, push)):
        return np.array([-one.mean() for one in models.logprobs(model, firsts, [" " + rest for rest in rests])])


def preference(subjects, layer=0, push=None, before=""):
    """Log-probability of the liking sentence less that of the disliking one; (pairs, subjects)."""
    asked = [f"{before}I want to tell you about {s[0].lower()}{s[1:]}." for s in subjects for _ in range(4)]
    with model.hooks(fwd_hooks=adding(layer, push)):
        said = models.logprobs(model, asked, [one for pair in SENTENCES for one in pair] * len(subjects))
    total = np.array([one.sum() for one in said]).reshape(len(subjects), 2, 2)
    return (total[..., 0] - total[..., 1]).T


def mean_of(values):
    """Mean, and half of its 95 % interval by Student's t over the values."""
    values = np.asarray(values)
    return values.mean(), stats.t.ppf(0.975, len(values) - 1) * values.std(ddof=1) / math.sqrt(len(values))


# %% [markdown]
# ## Predict first
#
# Two rules will choose a layer and a dose, both within 0.1 nats a token. **The bar's rule** takes the largest mean shift on the open
# prompts, as somebody would who never thought of negation; it is named after the bar in the brief of the work test, which was a mean as
# well. **The rule of both** takes the setting whose *worse* kind of prompt moves furthest in the meant direction. Beside them stand twenty
# random directions, each of which chooses its own layer by the same rule.
#
# (The second rule first took the mean of the two kinds. It chose layer 21, and on the first report's 24 subjects open prompts moved by
# +2.94, 95 % interval over subjects +2.72 to +3.16, and negated ones by +0.07, -0.10 to +0.25. In a mean one kind pays for the other. So
# the rule was changed, and new subjects were written for the report.)
#
# Write your guesses down before you run on. (The makers' own, in the worked copy, were written after the pilot and before both reports.)

# %% tags=["explore"] yours="predict-real"
# The setting that the bar's rule chooses: the mean shift on the 24 open prompts of the report (log-odds).
journal.predict("real-open", value=3.0, interval=(1.5, 5.0), confidence=0.8)
# The same setting: which share of the 24 negated prompts moves the wrong way, up instead of down?
journal.predict("real-wrong-way", value=0.9, interval=(0.6, 1.0), confidence=0.8)
# A random direction with a layer chosen by the same rule: its mean shift on the open prompts of the report,
# the median over twenty.
journal.predict("real-random", value=0.4, interval=(0.1, 1.0), confidence=0.8)
### RELEASED AS
# # The setting that the bar's rule chooses: the mean shift on the 24 open prompts of the report (log-odds).
# journal.predict("real-open", value=..., interval=(..., ...), confidence=...)
# # The same setting: which share of the 24 negated prompts moves the wrong way, up instead of down?
# journal.predict("real-wrong-way", value=..., interval=(..., ...), confidence=...)
# # A random direction with a layer chosen by the same rule: its mean shift on the open prompts of the report,
# # the median over twenty.
# journal.predict("real-random", value=..., interval=(..., ...), confidence=...)

# %% [markdown]
# ## The sweep, on the subjects that choose

# %% tags=["explore"]
settings = [(layer, dose) for layer in LAYERS for dose in DOSES]
if here:
    asked = prompts_about(TO_CHOOSE)
    plain, plain_nats = log_odds(asked), nats(TEXTS_TO_CHOOSE)
    swept = np.array([open_and_negated(log_odds(asked, k, pushed(k, d)) - plain) for k, d in settings])
    costs = np.array([(nats(TEXTS_TO_CHOOSE, k, pushed(k, d)) - plain_nats).mean() for k, d in settings])
    print("mean shift of open / negated prompts / cost in nats a token")
    print(" " * 9 + "".join(f"{'dose ' + format(dose, 'g'):>22s}" for dose in DOSES))
    for layer in LAYERS:
        rows = [i for i, (k, _) in enumerate(settings) if k == layer]
        cells = [f"{swept[i, 0].mean():+6.2f} /{swept[i, 1].mean():+6.2f} /{costs[i]:+6.2f}" for i in rows]
        print(f"layer {layer:<3d}" + "".join(f"{cell:>22s}" for cell in cells))
    allowed = costs <= 0.1
    by_rule = {rule: worth(swept) for rule, worth in RULES.items()}
    chosen = {rule: settings[np.where(allowed, worth, -np.inf).argmax()] for rule, worth in by_rule.items()}
    for rule, (layer, dose) in chosen.items():
        print(f"{rule} chooses layer {layer}, dose {dose:g}")

# %% [markdown]
# **The null chooses, too.** Twenty random directions, each tried at all nine layers, at the dose of the setting that it is compared with.
# The two rules pick a layer for each. (They pay the same length and are not asked for their cost, which makes them a little stronger than
# they should be.)

# %% tags=["explore"]
DRAWS = 20


def shifts_of_each(prompts, plain, layer, pushes):
    """Shifts for each push, (pushes, 2, subjects); several pushes in one pass, so that it doesn't take all day."""
    found, at_once = [], max(1, 100 // len(prompts))
    for start in range(0, len(pushes), at_once):
        some = pushes[start : start + at_once]
        each = log_odds(prompts * len(some), layer, some.repeat_interleave(len(prompts), 0)[:, None])
        found.append(each.reshape(len(some), -1) - plain)
    return open_and_negated(np.concatenate(found))


if here:
    directions = at_random(DRAWS, seed=2)
    tried = {
        dose: np.array([shifts_of_each(asked, plain, k, pushed(k, dose, directions)) for k in LAYERS])
        for dose in {dose for _, dose in chosen.values()}
    }  # for each dose (layers, draws, 2, subjects)
    null_layers = {}
    for rule, (_, dose) in chosen.items():
        null_layers[rule] = [LAYERS[i] for i in RULES[rule](tried[dose]).argmax(0)]

    dose = chosen["the bar's rule"][1]
    rows = [settings.index((k, dose)) for k in LAYERS]
    fig, ax = plt.subplots(figsize=(8, 4))
    for kind, label, style in ((0, "open: “The coffee was”", "o-"), (1, "negated: “The coffee was not”", "s--")):
        middle, half = zip(*(mean_of(swept[i, kind]) for i in rows), strict=True)
        ax.errorbar(LAYERS, middle, yerr=half, fmt=style, color="black", markerfacecolor="white", capsize=3, label=label)
    low, middle, high = np.percentile(tried[dose][:, :, 0].mean(-1), [2.5, 50, 97.5], axis=1)
    ax.errorbar(
        LAYERS, middle, yerr=[middle - low, high - middle], fmt="^:", color="0.55", capsize=5, label="random, open"
    )
    ax.axhline(0, color="black", linewidth=0.8)
    ax.set_xticks(LAYERS)
    ax.set_xlabel(f"layer at which the push is added (dose {dose:g})")
    ax.set_ylabel("shift of praise (log-odds)")
    best = LAYERS[int(np.argmin([swept[i, 1].mean() for i in rows]))]
    ax.set_title(f"Late layers push praise, “not” or no “not”;\nat layer {best} a negated sentence moves the other way")
    ax.legend(fontsize=8)
    fig.tight_layout()
    plt.show()

# %% [markdown]
# Bars: 95 % interval of the mean over six subjects; for random directions the middle 95 % of twenty.

# %% [markdown]
# ## Open the report
#
# Everything is chosen. Now the 24 other subjects, the ten other texts, and the whole sentences for the first eight subjects.

# %% tags=["explore"]
def share_of(wrong):
    """Share, and its 95 % Wilson interval."""
    interval = stats.binomtest(int(wrong.sum()), wrong.size).proportion_ci(method="wilson")
    return wrong.mean(), interval.low, interval.high


if here:
    asked = prompts_about(TO_REPORT)
    plain, plain_nats, plain_says = log_odds(asked), nats(TEXTS_TO_REPORT), preference(TO_REPORT[:8])
    shifts = {"a sentence in the prompt": open_and_negated(log_odds(prompts_about(TO_REPORT, IN_THE_PROMPT)) - plain)}
    says = {"a sentence in the prompt": preference(TO_REPORT[:8], before=IN_THE_PROMPT) - plain_says}
    cost, null, null_says, p = {}, {}, {}, {}
    for rule, (layer, dose) in chosen.items():
        push = pushed(layer, dose)
        shifts[rule] = open_and_negated(log_odds(asked, layer, push) - plain)
        says[rule] = preference(TO_REPORT[:8], layer, push) - plain_says
        cost[rule] = nats(TEXTS_TO_REPORT, layer, push) - plain_nats
        randoms = [(k, pushed(k, dose, v)) for k, v in zip(null_layers[rule], directions, strict=True)]
        null[rule] = np.array([open_and_negated(log_odds(asked, k, v) - plain) for k, v in randoms])
    randoms = [(k, pushed(k, dose, v)) for k, v in zip(null_layers[rule], directions, strict=True)][:8]
    null_says = np.array([(preference(TO_REPORT[:8], k, v) - plain_says).mean(1) for k, v in randoms])
    null_cost = np.array([(nats(TEXTS_TO_REPORT, k, v) - plain_nats).mean() for k, v in randoms[:4]])

    print(f"{'':38s}{'open':>22s}{'negated':>24s}{'wrong way':>22s}{'cost':>26s}")
    for name, shift in shifts.items():
        label = name if name not in chosen else "{}: layer {}, dose {:g}".format(name, *chosen[name])
        cells = [f"{m:+.2f} ({m - h:+.2f} to {m + h:+.2f})" for m, h in map(mean_of, shift)]
        cells.append("{:.2f} ({:.2f} to {:.2f})".format(*share_of(shift * MEANT < 0)))
        m, h = mean_of(cost[name]) if name in cost else (0.0, 0.0)
        cells.append(f"{m:+.3f} ({m - h:+.3f} to {m + h:+.3f})" if name in cost else "none")
        print(f"{label:38s}{cells[0]:>22s}{cells[1]:>24s}{cells[2]:>22s}{cells[3]:>26s}")
    for rule in chosen:
        draws = null[rule].mean(-1)  # (draws, 2)
        middle = np.median(draws, axis=0)
        cells = [f"{m:+.2f} [{c.min():+.2f} to {c.max():+.2f}]" for m, c in zip(middle, draws.T, strict=True)]
        wrong = np.median((null[rule] * MEANT < 0).mean((1, 2)))
        print(f"{'random, chosen by ' + rule:38s}{cells[0]:>22s}{cells[1]:>24s}{f'{wrong:.2f}':>22s}")
        p[rule] = (1 + (RULES[rule](null[rule]) >= RULES[rule](shifts[rule])).sum()) / (1 + DRAWS)
    print("\n( ): 95 % interval over 24 subjects, 48 prompts or 10 texts; [ ]: the smallest and the largest of 20 random directions")
    print("p of the choice:", "; ".join(f"{rule} {value:.3f}" for rule, value in p.items()), f"(at least {1 / (1 + DRAWS):.3f})")
    print(f"cost of four random directions: {null_cost.min():+.3f} to {null_cost.max():+.3f}")
    print("\nwhole sentences: shift towards the liking one of a pair, in nats, 8 subjects")
    for name, values in says.items():
        cells = [f"{m:+.2f} ({m - h:+.2f} to {m + h:+.2f})" for m, h in map(mean_of, values)]
        print(f"    {name:28s}recommend or not {cells[0]:>24s}    made or ruined {cells[1]:>24s}")
    cells = [f"{np.median(c):+.2f} [{c.min():+.2f} to {c.max():+.2f}]" for c in null_says.T]
    print(f"    {'eight random directions':28s}recommend or not {cells[0]:>24s}    made or ruined {cells[1]:>24s}")

    m, h = mean_of(shifts["the bar's rule"][0])
    journal.measure("real-open", m, (m - h, m + h), "mean shift on 24 open prompts (log-odds), bar's rule")
    share, low, high = share_of(shifts["the bar's rule"][1] > 0)
    journal.measure("real-wrong-way", share, (low, high), "share of 24 negated prompts that move up, bar's rule")
    journal.measure("real-random", float(np.median(null["the bar's rule"][:, 0].mean(-1))), unit="median over 20 random directions")

# %% [markdown]
# ## Prompt by prompt

# %% tags=["explore"]
if here:
    fig, axes = plt.subplots(1, 3, figsize=(12, 3.8), sharex=True, sharey=True)
    edges = np.linspace(*(np.ceil(np.abs(np.stack(list(shifts.values()))).max()) * np.array([-1, 1])), 29)
    for ax, name in zip(axes, ["the bar's rule", "the rule of both", "a sentence in the prompt"], strict=True):
        ax.hist(
            list(shifts[name]), bins=edges, stacked=True, color=["white", "0.45"], edgecolor="black", label=["open", "negated"]
        )
        ax.axvline(0, color="black", linewidth=1)
        wrong = [int(n) for n in (shifts[name] * MEANT < 0).sum(1)]
        where = "" if name not in chosen else " (layer {}, dose {:g})".format(*chosen[name])
        ax.set_title(f"{name}{where}:\nwrong way {wrong[0]} of 24 open, {wrong[1]} of 24 negated", fontsize=10)
        ax.set_xlabel("shift of praise for one prompt (log-odds)")
    axes[0].set_ylabel("prompts (of 48)")
    axes[0].legend(fontsize=8)
    fig.tight_layout()
    plt.show()

# %% [markdown]
# ## Does it hang on a few pairs?
#
# The eighth pair has "never" in it, a negation. So once more, on the six subjects that chose, with vectors from some of the pairs alone.

# %% tags=["explore"]
if here:
    few, few_plain = prompts_about(TO_CHOOSE), log_odds(prompts_about(TO_CHOOSE))
    for name, some in (("pairs 1 to 4", held[:4]), ("pairs 5 to 8", held[4:]), ("all but the eighth", held[:7])):
        for layer, dose in chosen.values():
            other = torch.stack([a[layer][-1] - b[layer][-1] for a, b in some]).mean(0)
            kinds = open_and_negated(log_odds(few, layer, pushed(layer, dose, other)) - few_plain)
            cosine = torch.cosine_similarity(other, vector[layer], dim=0).item()
            cells = ["{:+.2f} ± {:.2f}".format(*mean_of(kind)) for kind in kinds]
            print(f"{name:20s} layer {layer:<3d} open {cells[0]}   negated {cells[1]}   cosine with the vector {cosine:.2f}")

# %% [markdown]
# ## What it means
#
# With the 4-bit weights; 24 subjects that chose nothing; intervals at 95 %, for the shifts over subjects, for shares over prompts, for the
# cost over texts. Random: the largest of twenty directions, each at the layer that suited it best.
#
# | | open | negated | wrong way | cost (nats a token) |
# |:--|:--|:--|:--|:--|
# | the bar's rule: layer 24, dose 0.2 | +3.65 (+3.51 to +3.79) | +1.98 (+1.89 to +2.08) | 0.50 (0.36 to 0.64) | +0.16 (+0.04 to +0.28) |
# | the rule of both: layer 18, dose 0.2 | +1.47 (+1.31 to +1.63) | -0.99 (-1.11 to -0.87) | 0.00 (0.00 to 0.07) | +0.11 (-0.01 to +0.23) |
# | a sentence in the prompt | +3.16 (+2.67 to +3.64) | -2.62 (-2.96 to -2.29) | 0.00 (0.00 to 0.07) | no hook |
# | random, largest of twenty | +0.63 | | | +0.10 to +0.14 (four of them) |
#
# **The toy's finding is there.** Chosen by its mean on prompts without a negation, the vector does what it was never meant to do: after
# "not" it pushes praise as well, "not wonderful", for 24 of 24 subjects. A mean over open prompts would never have shown it. Earlier in the
# network, at layer 18, the same pairs and the same recipe give a vector that moves "was" towards praise and "was not" towards complaint,
# for all 48. It is smaller. Our reading: late in the network the vector stands near the output and names words; earlier there are still
# layers that combine it with the "not". A reading is not a test; the exercise at the end is one.
#
# **The nulls.** No random direction reaches either of them, though each chose its layer: p = 0.048, the least that twenty draws can give.
#
# **The prompt.** One sentence before the prompt does more than the layer-18 vector on both kinds, without a hook, and reads the negation
# rightly each time. So this is no better way to steer this model. What the vector is good for here is a question about the model: at which
# depth does a liking still have a meaning?
#
# **The cost.** Both settings kept to 0.1 nats on the four texts that chose, and came out above it on the ten that report, with intervals
# that reach below it. The four random directions cost about the same: as in the toy, it seems that one pays for the length of the push and
# not for what it says. 0.16 nats raise the perplexity by 17 %.
#
# **Whole sentences** tell a smaller story. "It made my day" against "It ruined my day": the bar's vector +2.53 (+2.28 to +2.78 over 8
# subjects), more than any of eight random directions (-0.90 to +1.09; at the layers that the rule of both chose for them). The layer-18
# vector +0.36 (-0.19 to +0.90): nothing that one could report. "I would recommend it" against "I would not": +1.19 and +1.30, both inside
# the range of random directions (-1.83 to +1.63). So beyond the next word we have one pair of two, for one setting of two. And the sentence
# in the prompt moves "made" against "ruined" the *wrong* way, -1.94 (-2.97 to -0.91). We don't know why. With two pairs of sentences nobody
# can say what is a fact about steering and what about these sentences. Thirty pairs would settle it.

# %% [markdown]
# ## How it could mislead you
#
# - **Over what is the interval?** Over subjects that one person wrote in ten minutes, all with "The ... was". It says nothing about other
#   sentences, other pairs, or another model. There is one model and one vector here; in the toy we had six assistants.
# - **Layer 18 at dose 0.2 is one cell of 27.** At dose 0.1 the same layer does about half as much (+0.92 and -0.55), at dose 0.4 it no
#   longer moves the negated prompts. Nor do its neighbours, layers 15 and 21, at dose 0.2. With each half of the pairs the signs stay at
#   both layers, and the sizes don't (at layer 18: +1.93 and -1.39 with one half, +0.93 and -0.59 with the other). So it doesn't hang on one
#   pair, and not on the "never". A window so narrow asks for a finer grid before anybody calls it a place.
# - **"Wrong" is our word.** Whoever wants praise words at any price will call the late vector right. The share that goes the wrong way
#   depends on the mix of prompts: half of ours are negated, so 0.50. With none it would be 0.00.
# - **A soft null.** Random directions point where no activation goes. Shuffled labels of the pairs would be a harder question, with so few
#   pairs a noisy one.
# - **The sampled sentences** at the top: four draws. Read twenty before you believe in a mood, and read those of the random vector first.
#
# ## Toy, paper, model
#
# Same as in the toy: difference of means over pairs, added to what enters a block, log-odds of two sides of words, a null that chooses.
# Different: the dose is relative to the stream; the push is added at every token; nobody built the negation in, it is English.
# [@tan2024steerability] look at each input of many datasets and call steerability mostly a property of the dataset. Our two kinds of
# prompts are two datasets in small, and all 24 of a kind move together, which fits; the layer matters as much, which a single layer would
# not have shown. [@wu2025axbench] find that prompts steer better than differences of means. On the next word ours fits with that.
#
# ## Go on
#
# - **Test the reading.** If late vectors name words, then the layer-24 vector should have a cosine with the difference of the unembedding
#   rows of PRAISE and COMPLAINT that the layer-18 one lacks. Predict both numbers first. It takes ten lines.
# - **A finer grid** around 18, other pairs, "never" and "hardly" in place of "not", and negations far from the end of the prompt.
# - **A larger model**: `models.load("HuggingFaceTB/SmolLM2-360M-Instruct")`, or any name of the hub that TransformerLens knows; it takes a
#   GPU where torch sees one. Put it into the first cell in place of `"smollm2"` and run on; the layers follow from the model's depth. A
#   dose relative to the stream carries over, which is a prediction that you can write down: the two rules choose different depths there
#   too.
# - **In a write-up** say: 135 million parameters, weights rounded to 4 bits, one vector. A mentor forgives a small model. Not saying so is
#   harder to forgive.
