# %% [markdown]
# # Now on a real model
#
# In [Start here](start_here.ipynb) you read the residual stream of a model with random weights. Sooner or later a mentor asks whether a
# thing holds in a model that has learned something. One published admissions document counts toy models trained on algorithmic tasks among
# the common mistakes ([@nanda2026]), so a project should not rest on a toy alone. This notebook takes you from an empty cache to a steered
# sentence: half an hour for you, about a minute for a laptop's processor. It carries no points.
#
# ## Get the model
#
# The model is SmolLM2-135M-Instruct: 135 million parameters, English, often wrong, small enough to take apart. Either type in a terminal
#
# ```
# worktest models get smollm2
# ```
#
# or set `FETCH = True` below and run the cell. It downloads 93 MB, or 270 MB where the model hub can be reached, and keeps 270 MB on your
# disk, once for all units. Apart from the download it takes about half a minute. If it breaks off, run it again; it goes on where it
# stopped. `worktest models rm smollm2` removes it. Don't want it now? Leave it. The cells below then run and show nothing, and you can read
# on: the numbers stand in the text.

# %% tags=["explore"]
FETCH = False  # True fetches the model, unless it is there

if FETCH:
    from worktest.models.get import Teller, get

    get("smollm2", tell=Teller(step=print))

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
weights = list(model.original_model.parameters()) if here else []
trained = [weight.detach().clone() for weight in weights]  # a copy: the weights themselves will be overwritten for a while

# %% [markdown]
# The line above says where the weights came from. If it speaks of 4 bits, they were rounded on their way, and so were those behind the
# numbers in this text. With the weights of the hub yours will differ a little.
#
# ## A first look
#
# Two things that you will do over and over: let the model write, and ask it how probable a given text is. `sample` draws token by token.
# `logprobs` doesn't draw. It reads your continuation and gives the log-probability of each of its tokens, in nats.

# %% tags=["explore"]
if here:
    for one in models.sample(model, "The best thing about the winter is", n=3, temperature=0.7, seed=1, max_tokens=20)[0]:
        print("The best thing about the winter is ..." + " ".join(one.text.split()))
    for prompt, words in (("The capital of France is", [" Paris", " London"]), ("The capital of Australia is", [" Canberra", " Sydney"])):
        said = [one.sum() for one in models.logprobs(model, prompt, words)]
        print(f"\n{prompt}" + "".join(f"\n    {word:10s} {value:6.2f} nats" for word, value in zip(words, said, strict=True)))

# %% [markdown]
# A difference of 1 nat is a factor of $e$, about 2.7, in probability. Paris beats London by 4 nats. Between Canberra and Sydney this model
# can't decide. Keep that in mind for all that follows: it is a small model.
#
# ## The toy's question
#
# In the toy, the residual stream got longer from block to block. Does it in a trained model, and if so, *because* it was trained? The first
# is a measurement. The second is a claim about a cause, and it needs a model that was not trained to compare with. The same architecture
# with random weights is that, and it costs a line: fill the weights with dice. But how large should random weights be? So two kinds:
#
# - **fresh**: every matrix drawn with standard deviation 0.02, the default of the library for this architecture. We don't know what the
#   makers began with, so 0.04 as well.
# - **as large as trained**: every matrix drawn with the standard deviation that this matrix has in the trained model. The sizes stay, all
#   that is written in the weights is gone.
#
# Three seeds for each. The measure is the toy's: the mean length after the last block divided by that after the first, one ratio for each of
# 24 short texts. We take it twice, over all tokens as in `residual_norms`, and over all but the first of a text. A third number says how many
# times as long the first token's vector is as the others, halfway through the model.
#
# **What was tried before.** Six other texts were a pilot. One change came from it: in a mean over all tokens one long vector counted for most
# (you will see it), so the first token is set apart. In place of "as large as trained" the pilot shuffled the entries of each trained matrix,
# which gave ratios of 48 to 55 and took too long. The 24 texts below chose nothing.
#
# Later you will steer: push the stream towards the sea. The measure there is log-odds: the log of the probability that the next word is
# one of eight words of the sea, less the log of the probability that it is one of eight of the mountains. Guess all three numbers now. (The
# makers' guesses, in the worked copy, were written after the pilots.)

# %% tags=["explore"] yours="predict-real"
# The trained model: length after the last block / after the first, all tokens, mean over 24 texts.
journal.predict("real-growth", value=25, interval=(18, 35), confidence=0.8)
# The same with fresh random weights (0.02).
journal.predict("real-fresh", value=8, interval=(6, 10), confidence=0.8)
# The shift of the log-odds of the sea when a push of a fifth of the stream's length is added, mean over 16 prompts.
journal.predict("real-sea", value=2.5, interval=(1.5, 4.0), confidence=0.8)
### RELEASED AS
# # The trained model: length after the last block / after the first, all tokens, mean over 24 texts.
# journal.predict("real-growth", value=..., interval=(..., ...), confidence=...)
# # The same with fresh random weights (0.02).
# journal.predict("real-fresh", value=..., interval=(..., ...), confidence=...)
# # The shift of the log-odds of the sea when a push of a fifth of the stream's length is added, mean over 16 prompts.
# journal.predict("real-sea", value=..., interval=(..., ...), confidence=...)

# %% tags=["explore"]
TEXTS = ["The ferry was late again this morning.", "My grandmother keeps bees behind her house."]
TEXTS += ["Iron rusts when water and air reach it.", "Add two eggs and stir until it is smooth."]
TEXTS += ["Why do cats sleep for most of the day?", "Nobody answered the door, so we left a note."]
TEXTS += ["print(sum(range(10)))", "In 1969 two men walked on the moon.", "She plays the cello in a small orchestra."]
TEXTS += ["Turn left at the church and cross the bridge.", "Our team lost every game but one."]
TEXTS += ["If it rains tomorrow, the market will close.", "Dear Sir, thank you for your letter of May."]
TEXTS += ["Twelve divided by four is three.", "A good chair should let your feet rest on the floor."]
TEXTS += ["They voted twice and still could not agree.", "Please do not feed the ducks."]
TEXTS += ["Rome was not built in a day.", "He sold his bicycle to pay the rent.", "Light travels faster than sound."]
TEXTS += ["When the lamp is red, wait.", "Most birds fly south before winter comes."]
TEXTS += ["Is there a bank near the station?", "Her new shoes were two sizes too big."]
SEEDS = [1, 2, 3]
MEASURES = {  # of lengths (texts, blocks, tokens), one number for each text
    "growth, all tokens": lambda lengths: growth(np.nanmean(lengths, -1)),
    "growth, the others": lambda lengths: growth(others(lengths)),
    "first / others, halfway": lambda lengths: (lengths[..., 0] / others(lengths))[:, lengths.shape[1] // 2],
}


def growth(means):
    """Length after the last block / after the first, from mean lengths (texts, blocks); (texts,)."""
    return means[:, -1] / means[:, 0]


def others(lengths):
    """Mean length over all tokens but the first; (texts, blocks)."""
    return np.nanmean(lengths[..., 1:], -1)


def rows_of(texts):
    """Tokens of the texts, padded on the right, where no token sees what comes after it, (texts, tokens); and how many each has."""
    rows = [torch.tensor(model.tokenizer(text, add_special_tokens=False)["input_ids"]) for text in texts]
    return pad_sequence(rows, batch_first=True).to(model.cfg.device), [len(row) for row in rows]


def lengths_of(texts):
    """Length of the residual stream after each block; (texts, blocks, tokens), nan behind the end of a text."""
    tokens, many = rows_of(texts)
    kept = []

    def keep(stream, hook):
        kept.append(stream.norm(dim=-1).cpu())

    hooks = [(f"blocks.{block}.hook_out", keep) for block in range(model.cfg.n_layers)]
    hooks.append(("unembed.hook_in", lambda stream, hook: stream[:, :1]))  # a fifth of the work is to make logits that nobody reads
    with torch.no_grad():
        model.run_with_hooks(tokens, fwd_hooks=hooks)
    found = torch.stack(kept, 1).numpy()
    for lengths, n in zip(found, many, strict=True):
        lengths[:, n:] = np.nan
    return found


@torch.no_grad()
def fill_with_dice(seed, spread=None):
    """Random numbers in place of the trained weights, of one spread or of each matrix's own; in place, on the loaded model."""
    dice = torch.Generator(model.cfg.device).manual_seed(seed)
    for weight, was in zip(weights, trained, strict=True):
        if weight.dim() > 1:
            weight.normal_(0, was.std().item() if spread is None else spread, generator=dice)
        elif spread is not None:
            weight.fill_(1)  # the gains of the norms, as before any training


@torch.no_grad()
def put_back():
    """The trained weights, as they were loaded."""
    for weight, was in zip(weights, trained, strict=True):
        weight.copy_(was)


def mean_of(values):
    """Mean, and half of its 95 % interval by Student's t over the values."""
    return float(np.mean(values)), stats.t.ppf(0.975, len(values) - 1) * np.std(values, ddof=1) / math.sqrt(len(values))


if here:
    put_back()  # if you stop this cell halfway, the model is left with dice: run the line, or the cell, again
    lengths = lengths_of(TEXTS)
    by_dice = {}
    for name, spread in (("fresh, 0.02", 0.02), ("fresh, 0.04", 0.04), ("as large as trained", None)):
        by_dice[name] = []
        for seed in SEEDS:
            fill_with_dice(seed, spread)
            by_dice[name].append(lengths_of(TEXTS))
        put_back()  # before the next kind, since only "fresh" changes the gains
    print(" " * 20 + "".join(f"{name:>26s}" for name in MEASURES))
    cells = [f"{m:.1f} ({m - h:.1f} to {m + h:.1f})" for m, h in (mean_of(of(lengths)) for of in MEASURES.values())]
    print(f"{'trained':20s}" + "".join(f"{cell:>26s}" for cell in cells))
    for name, some in by_dice.items():
        each = [[of(one).mean() for one in some] for of in MEASURES.values()]
        print(f"{name:20s}" + "".join(f"{f'{np.mean(v):.1f} [{min(v):.1f} to {max(v):.1f}]':>26s}" for v in each))
    print("( ): 95 % interval over 24 texts; [ ]: smallest and largest of three seeds, each the mean over the texts")
    half = model.cfg.n_layers // 2
    first, rest = lengths[:, half, 0].min(), np.nanmax(lengths[:, half, 1:])
    print(f"trained, after block {half}: the shortest of 24 first tokens {first:.0f}, the longest of all others {rest:.0f}")
    m, h = mean_of(MEASURES["growth, all tokens"](lengths))
    journal.measure("real-growth", m, (m - h, m + h), "last / first block, trained, all tokens, 24 texts")
    fresh = [MEASURES["growth, all tokens"](one).mean() for one in by_dice["fresh, 0.02"]]
    journal.measure("real-fresh", np.mean(fresh), unit="last / first block, random weights of spread 0.02, three seeds")

# %% tags=["explore"]
if here:
    blocks = range(model.cfg.n_layers)
    fig, ax = plt.subplots(figsize=(9, 4.4))
    for name, means, style, inside in (
        ("trained, first token", lengths[..., 0], "s-", "white"),
        ("trained, the others", others(lengths), "o-", "black"),
    ):
        middle, arm = zip(*(mean_of(column) for column in means.T), strict=True)
        ax.errorbar(blocks, middle, arm, fmt=style, color="black", markerfacecolor=inside, markersize=4, capsize=2)
        ax.text(blocks[-1] + 1, middle[-1], name, va="center", fontsize=9)
    for name, style in (("as large as trained", "^--"), ("fresh, 0.04", "v:"), ("fresh, 0.02", "x:")):
        seeds = np.stack([others(one).mean(0) for one in by_dice[name]])
        ax.fill_between(blocks, seeds.min(0), seeds.max(0), color="0.85")
        ax.plot(blocks, seeds.mean(0), style, color="0.45", markersize=4)
        ax.text(blocks[-1] + 1, seeds.mean(0)[-1], f"random, {name}", va="center", fontsize=9, color="0.3")
    ax.set_yscale("log")
    ax.set_xlim(-0.7, blocks[-1] + 0.7)
    ax.set_xlabel("block (counted from 0)")
    ax.set_ylabel("length of the stream (no unit, log scale)")
    grown, park = (MEASURES[name](lengths).mean() for name in ("growth, the others", "first / others, halfway"))
    dice = [MEASURES["growth, the others"](one).mean() for some in by_dice.values() for one in some]
    ax.set_title(
        f"The stream grows {grown:.0f}-fold when trained, {min(dice):.0f}- to {max(dice):.0f}-fold with random weights;\n"
        f"halfway, the trained model's first token is {park:.0f} times as long as the others",
        fontsize=11,
        loc="left",
    )
    fig.tight_layout()
    plt.show()

# %% [markdown]
# Error bars: 95 % interval over 24 texts, mostly shorter than a marker. Grey bands: smallest to largest of three seeds; random weights are
# shown without their first tokens, too.
#
# ## A steered sentence
#
# You have read the stream. Now write to it. Six pairs of sentences, one of the sea and one of the mountains. At the last token of each, take
# the stream that enters block 15, halfway up; the mean of the six differences is a direction. Then add it while the model writes, at every
# token. The push is a fifth as long as the stream is there (its mean over all tokens but the first: you have seen why). Dose and layer were
# set on four other prompts, where layers 9, 15 and 21 all worked; the middle one was taken.

# %% tags=["explore"]
PAIRS = [
    ("They spent the summer by the sea", "They spent the summer in the mountains"),
    ("The sailors were tired", "The climbers were tired"),
    ("She grew up on the coast", "She grew up on the slope"),
    ("We could hear the tide", "We could hear the avalanche"),
    ("A gull flew over the harbour", "An eagle flew over the valley"),
    ("He wrote a poem about the ocean", "He wrote a poem about the summit"),
]
LAYER, DOSE = (model.cfg.n_layers // 2 if here else 15), 0.2
PLACE = f"blocks.{LAYER}.hook_in"
START = "Last year we took a trip and saw the"


def stream_of(text):
    """What enters block LAYER, (tokens, width)."""
    with torch.no_grad():
        return model.run_with_cache(model.to_tokens(text), names_filter=[PLACE])[1][PLACE][0].clone()


def adding(push):
    """Hooks that add a push to what enters block LAYER, at every token; none for None."""
    return [] if push is None else [(PLACE, lambda stream, hook: stream + push)]


if here:
    held = [(stream_of(sea), stream_of(mountain)) for sea, mountain in PAIRS]
    direction = torch.stack([sea[-1] - mountain[-1] for sea, mountain in held]).mean(0)
    size = torch.cat([stream[1:].norm(dim=-1) for pair in held for stream in pair]).mean()
    noise = torch.randn(10, model.cfg.d_model, generator=torch.Generator().manual_seed(2)).to(model.cfg.device)
    sea, *randoms = (DOSE * size * v / v.norm() for v in (direction, *noise))  # eleven pushes of one length
    for name, push in (("plain", None), ("towards the sea", sea), ("a random direction", randoms[0])):
        print(f"\n{name}")
        with model.hooks(fwd_hooks=adding(push)):
            for one in models.sample(model, START, n=4, temperature=0.7, seed=1, max_tokens=14)[0]:
                print(f"    {START} ..." + " ".join(one.text.split()))

# %% [markdown]
# Four draws of one seed, as they came. It is easy to see the sea in anything after that, so count. Sixteen prompts, the eight words of each
# side (none of them stands in a pair), and the same push along ten random directions. And because it is the cheapest rival: one sentence
# before the prompt, with no hook at all.

# %% tags=["explore"]
SEA = ["water", "waves", "boat", "beach", "ship", "fish", "sand", "island"]
MOUNTAIN = ["snow", "rocks", "trail", "cliff", "hill", "forest", "trees", "cave"]
PROMPTS = ["From the window of the train I saw the", "The children ran towards the", "In the photograph there is a"]
PROMPTS += ["She dreamed all night of the", "Before breakfast we went out to look at the", "The story begins with a"]
PROMPTS += ["He pointed at the", "The old man told us about the", "On the first day of the holiday we found a"]
PROMPTS += ["The painter worked for a year on the", "Everybody stopped and stared at the", "The song is about a"]
PROMPTS += ["Far away they noticed a", "The dog was not afraid of the", "My favourite place is near the"]
PROMPTS += ["At the end of the road there was a"]
BEFORE = "We are at the seaside. "


def log_odds(prompts, push=None):
    """Log-odds that the next word is one of SEA and not of MOUNTAIN; (prompts,)."""
    tokens, many = rows_of(prompts)
    last = [n - 1 for n in many]
    only_last = ("unembed.hook_in", lambda stream, hook: stream[range(len(many)), last][:, None])
    with torch.no_grad(), model.hooks(fwd_hooks=[*adding(push), only_last]):
        logits = model(tokens)[:, 0].float().cpu()
    sides = [[model.tokenizer(" " + word, add_special_tokens=False)["input_ids"][0] for word in words] for words in (SEA, MOUNTAIN)]
    return (logits[:, sides[0]].logsumexp(-1) - logits[:, sides[1]].logsumexp(-1)).numpy()


if here:
    plain = log_odds(PROMPTS)
    shift = log_odds(PROMPTS, sea) - plain
    null = np.array([(log_odds(PROMPTS, push) - plain).mean() for push in randoms])
    said = log_odds([BEFORE + prompt for prompt in PROMPTS]) - plain
    for name, values in (("towards the sea", shift), ("a sentence before the prompt", said)):
        m, h = mean_of(values)
        print(f"{name:30s}{m:+.2f} ({m - h:+.2f} to {m + h:+.2f}); up for {(values > 0).sum()} of {len(values)} prompts")
    m, h = mean_of(shift - said)
    print(f"{'the push less the sentence':30s}{m:+.2f} ({m - h:+.2f} to {m + h:+.2f})")
    print(f"{'ten random directions':30s}{np.median(null):+.2f} [{null.min():+.2f} to {null.max():+.2f}]")
    print("( ): mean and 95 % interval over 16 prompts; [ ]: median, smallest and largest of ten means")
    m, h = mean_of(shift)
    journal.measure("real-sea", m, (m - h, m + h), "mean shift of the log-odds of the sea over 16 prompts")

# %% [markdown]
# ## What it means
#
# With the 4-bit weights. Growth is the length after the last block over that after the first. Trained: mean and 95 % interval over 24 texts.
# Random weights: mean of three seeds, smallest to largest.
#
# | | growth, all tokens | growth, the others | first / others, halfway |
# |:--|:--|:--|:--|
# | trained | 25.9 (24.9 to 27.0) | 15.9 (15.2 to 16.7) | 129 (126 to 133) |
# | random, fresh, 0.02 | 8.2 (8.1 to 8.3) | 8.8 (8.7 to 8.9) | 1.1 |
# | random, fresh, 0.04 | 6.1 | 6.2 | 1.1 |
# | random, as large as trained | 51.1 (50.7 to 51.5) | 50.5 (50.2 to 51.0) | 1.1 |
#
# **The stream grows, and that is no sign of learning.** With fresh weights it grows as well, and how much depends on a number that we chose.
# With noise as large as the trained weights it grows more than in the trained model: from a shorter start (24 against 48, the others) to a
# longer end (about 1,230 against 770). So large weights make it grow, and the trained ones are large. What is written in them doesn't add to
# that; here it goes with less growth. With fresh weights alone as the control we would have told you that training makes the stream grow,
# about twice as much as chance does.
#
# **The long first vector is there only in the trained model.** After block 15 the shortest of the 24 is 20,026 long, and the longest of all
# other tokens 225, whatever the first word is. No random weights do that. In the figure it stands from block 11 to 27.
# This is why a mean over all tokens says 25.9 and one over the others 15.9: one token in nine makes most of the mean. In the toy there was
# nothing of it to see, since nobody had trained it.
#
# **The push steers.**
#
# | shift of the log-odds of the sea | mean over 16 prompts | |
# |:--|:--|:--|
# | towards the sea, a fifth of the stream | +2.69 (+2.28 to +3.11) | up for 16 of 16 |
# | ten random directions, as long | -0.26 (-0.55 to +0.13) | smallest to largest of ten means |
# | "We are at the seaside." before the prompt | +2.61 (+1.78 to +3.44) | up for 15 of 16 |
#
# Of the four draws above one speaks of the sea. That shows nothing. The count shows that the push works on the next word, at each prompt,
# and that no random direction does. One plain sentence before the prompt does about as much (the push less the sentence: +0.08, 95 %
# interval -0.77 to +0.93), so nobody needs the push to get this. What a push is good for is a question about the model: where in it does a thing stand? Unit 05 takes that up.
#
# ## How it could mislead you
#
# - **A ratio has two ends.** A small first block makes a large ratio. Look at the curves before you trust the number.
# - **All tokens in one mean** depends on how long your texts are: the first token weighs a tenth in a text of ten tokens, a hundredth in one
#   of a hundred. The interval over our texts doesn't know that.
# - **One trained model.** Three seeds of dice, but one training run. "Trained models do this" would need others.
# - **A random direction is a soft rival**: it points where no activation goes. And words of the sea are an easy target. Does it still write
#   English? Nothing here measured that.
#
# ## Toy, paper, model
#
# Toy and model have the same question, hooks and measure. The toy has 4 blocks and random weights, and a ratio of 1.63; this model has 30
# blocks and a training. There is no paper behind this notebook; the papers come with the units.
#
# ## Go on
#
# - **Your own function.** Paste `residual_norms` from Start here and run `residual_norms(model, model.to_tokens(TEXTS[0]))`. It runs unchanged.
# - **First by place or by word?** Put "Well, " before every text. Does the long vector stay at the first token, or go with the old word?
# - **A harder rival.** Swap sea and mountains in three of the six pairs and take the mean again, at the same length. There are ten ways to do it.
# - **A larger model**: `models.load("HuggingFaceTB/SmolLM2-360M-Instruct")` in place of `models.there("smollm2")`. Predict the ratios first.
#
# Every unit from 01 to 06 ends with a notebook of this kind, `real_model.ipynb`. Each puts the question of its work test to this model, and the
# model is there now: 01 amplifies what a fine-tune changed, 02 looks into written reasoning, 03 watches an agent, 04 follows what an agent
# remembers, 05 treats steering properly, with layer and dose chosen and a null that chooses too, 06 asks how sure a number may be. In a
# write-up say which model, that its weights were rounded if they were, and how many texts, prompts and seeds stand behind each number.
