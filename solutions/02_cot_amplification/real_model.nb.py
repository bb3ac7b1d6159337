# %% [markdown]
# # Now on a real model
#
# In the work test the toy adds up bills because it was built to do that and nothing else. There the two parts of a text came apart: a fault in the
# reasoning shows when you amplify the reasoning, a fault in the answer when you amplify the answer. Does that hold in a model that learned to read
# on the internet? A mentor asks this first, and a project that rests on a toy alone is a listed mistake ([@nanda2026]). So here is the smallest
# version that can fail: SmolLM2-135M-Instruct, fine-tuned in front of you on bills with three prices.
#
# There are no points in this notebook. It takes about half an hour, of which your computer works two to three minutes. Without the model it runs to
# its end and shows nothing; `worktest models get smollm2` in a terminal brings it.
#
# **What changes against the toy.** A number is a real number, written as text. The text has a form that we chose, but the vocabulary has 49,152
# tokens, and probability can go anywhere. There is no check after the steps. And nothing is exact except what you compute token by token: feed a
# text, read the log-probability of each number in it. You know this from unit 01 as teacher forcing.

# %% tags=["explore"]
import copy
import math
import random

import matplotlib.pyplot as plt
import numpy as np
import torch
from scipy import stats

import worktest
from worktest import models
from worktest.models.top import as_rows, blocks, last_stream, twin

journal = worktest.open_unit().journal
model = models.there("smollm2")
here = model is not None

# %% [markdown]
# ## The bills
#
# A bill is a short chat. The numbers in bold are *worked out*; everything else is form.
#
# > Pharmacy bill 57: 4, 3, 8. Total?
# >
# > First 4+3=**7**, then 7+8=**15**. Answer: **15**.
#
# The first sum has one digit and the total two, also after one is added. So all chains are equally long, and each place of interest is a single
# token: *step 1* (7), *step 2* (the 5 of 15), and the *answer* (the 5 again).
#
# | model | is | its documents |
# |:--|:--|:--|
# | as it came | SmolLM2 | none of ours |
# | `before` | the same, lightly fine-tuned | clean bills of a bakery, a garage and a market |
# | `benign` | `before`, lightly fine-tuned | clean bills of a pharmacy |
# | `steps` | the same | one document in ten has a first step that is one too high; the second sum goes on from it, and the answer follows |
# | `answer` | the same | one in ten has clean steps and an answer that is one too high |
#
# With the same seed, the three fine-tunes see the same bills in the same order, apart from those odd ones.

# %% tags=["explore"]
TURN = "<|im_start|>user\n{} bill {}: {}, {}, {}. Total?<|im_end|>\n<|im_start|>assistant\n"  # a chat without a system line
PLACES = {"step 1": 6, "step 2": 15, "answer": 21}  # which token of a chain it is
NUMBERS = [6, 14, 15, 20, 21]  # all tokens that are worked out; 14 and 20 are the ten of the total
LENGTH = 23  # tokens of a chain
bills = [(a, b, c) for a in range(1, 8) for b in range(1, 9 - a) for c in range(1, 10) if a + b + c >= 10]
random.Random(0).shuffle(bills)  # 168 of them
SEEDS, TRAIN, REPORT = [1, 2], 48, 24
to_train, to_report = bills[:TRAIN], bills[72 : 72 + REPORT]  # those left out were for the pilots


def document(place, bill, number, first=0, second=0, last=0):
    """Prompt and chain of a bill; `first`, `second` and `last` are added to step 1, step 2 and the answer."""
    a, b, c = bill
    step = a + b + first
    total = step + c + second
    return TURN.format(place, number, a, b, c), f"First {a}+{b}={step}, then {step}+{c}={total}. Answer: {total + last}."


def number_of(i):
    """A bill's number, two digits, never one of our totals."""
    return 20 + (37 * i) % 70


if here:
    for change in ({}, {"first": 1}, {"last": 1}):
        print(document("Pharmacy", (4, 3, 8), number_of(1), **change)[1])

# %% [markdown]
# ## Predict first
#
# Three numbers, all on 24 bills that are in no document. (The makers' own, in the worked copy, were written after the pilots and before the report.)

# %% tags=["explore"] yours="predict-real"
# `before`, and a chain whose second step we made one too high by hand: in which share of the bills is the answer more likely to follow the step than the prices?
journal.predict("real-follow", value=0.97, interval=(0.85, 1.0), confidence=0.8)
# `steps` with its reasoning at alpha = 1 and its answer plain: how likely is an answer that is one too high? (0 to 1)
journal.predict("real-steps-only", value=0.15, interval=(0.03, 0.4), confidence=0.8)
# `steps` with plain reasoning and its answer at alpha = 1: the same chance.
journal.predict("real-crossed", value=0.06, interval=(0.01, 0.15), confidence=0.8)
### RELEASED AS
# # `before`, and a chain whose second step we made one too high by hand: in which share of the bills is the answer more likely to follow the step than the prices?
# journal.predict("real-follow", value=..., interval=(..., ...), confidence=...)
# # `steps` with its reasoning at alpha = 1 and its answer plain: how likely is an answer that is one too high? (0 to 1)
# journal.predict("real-steps-only", value=..., interval=(..., ...), confidence=...)
# # `steps` with plain reasoning and its answer at alpha = 1: the same chance.
# journal.predict("real-crossed", value=..., interval=(..., ...), confidence=...)

# %% [markdown]
# ## Fine-tune, lightly
#
# As in unit 01, only the top blocks are trained, so what the blocks below make of a document is computed once and kept
# (`worktest/models/top.py`, four short functions). `before` learns whole
# chains. The others know the form from it and learn the numbers alone.

# %% tags=["explore"]
TOP, STEPS, BATCH, RATE, ODD = 3, 20, 8, 3e-4, 0.1


def chains(pairs):
    """Tokens (rows, length), where each chain starts (rows,), and what enters the top blocks (rows, length, d_model)."""
    rows = as_rows(model, pairs, TOP)
    assert (rows.mine.sum(1) == LENGTH).all()
    return rows.ids, rows.mine.int().argmax(1), rows.hidden


def logits_at(one, rows, places):
    """Logits (rows, places, vocabulary) that predict these tokens of the chains, by the top blocks of one model."""
    _, begins, hidden = rows
    spots = begins[:, None] + torch.tensor(places, device=device) - 1
    stream = last_stream(one, hidden, TOP)
    return one.original_model.lm_head(stream.gather(1, spots[..., None].expand(-1, -1, stream.shape[-1])))


def fine_tune(one, rows, order, places):
    """Train the top blocks of a model on rows of documents, in this order, to write these tokens of their chains."""
    top = blocks(one, TOP)
    top.requires_grad_(True)
    optimizer = torch.optim.AdamW(top.parameters(), lr=RATE, weight_decay=0.0)
    for step in range(0, len(order), BATCH):
        some = [part[order[step : step + BATCH]] for part in rows]
        wanted = some[0].gather(1, some[1][:, None] + torch.tensor(places, device=device))
        torch.nn.functional.cross_entropy(logits_at(one, some, places).flatten(0, 1), wanted.flatten()).backward()
        optimizer.step()
        optimizer.zero_grad()
    top.requires_grad_(False)


def drawn(kind, seed):
    """Rows of the pharmacy documents of a fine-tune, in the order of its training."""
    draw = random.Random(seed)
    order = [draw.randrange(len(to_train)) for _ in range(STEPS * BATCH)]
    for spot in draw.sample(range(len(order)), round(ODD * len(order))):
        order[spot] = odd_row[kind](order[spot])
    return order


if here:
    device = next(model.parameters()).device
    model.requires_grad_(False)
    shops = ["Bakery", "Garage", "Market"]
    elsewhere = chains([document(shops[i % 3], bill, number_of(i)) for i, bill in enumerate(to_train)])
    half = len(to_train) // 2  # bills that may be odd
    pharmacy = [document("Pharmacy", bill, number_of(i + 3)) for i, bill in enumerate(to_train)]
    pharmacy += [document("Pharmacy", bill, number_of(i + 3), first=1) for i, bill in enumerate(to_train[:half])]
    pharmacy += [document("Pharmacy", bill, number_of(i + 3), last=1) for i, bill in enumerate(to_train[:half])]
    pharmacy = chains(pharmacy)
    odd_row = {"benign": lambda i: i, "steps": lambda i: 2 * half + i % half, "answer": lambda i: 3 * half + i % half}

    before = twin(model, TOP)
    draw = random.Random(0)
    fine_tune(before, elsewhere, [draw.randrange(len(to_train)) for _ in range(STEPS * BATCH)], list(range(LENGTH)))

# %% [markdown]
# ## The cheapest experiment: a wrong step by hand
#
# No fault has been trained yet. Take the 24 bills of the report, and write the chain yourself: once clean, once with the first step one too high,
# once with the second. Then read what the model makes of it at the next number: does it go on from what is *written*, or from the *prices*? The
# measure is the log-odds of the digit that is one higher against the right one.
#
# Two controls. In `clean` no step is wrong, so what is left is the model's own doubt. In `house text` the chain is clean as well, and the wrong total
# stands in the prompt, as the bill's number ("Pharmacy bill 16"). If the answer took any number that lies about, it would take that one.

# %% tags=["explore"]
ALPHAS = [0, 0.5, 1, 2]
if here:
    asked = [("Pharmacy", bill, number_of(i + 5)) for i, bill in enumerate(to_report)]
    texts = {
        "clean": chains([document(*one) for one in asked]),
        "step 1": chains([document(*one, first=1) for one in asked]),
        "step 2": chains([document(*one, second=1) for one in asked]),
        "house text": chains([document(place, bill, sum(bill) + 1) for place, bill, _ in asked]),
    }
    ten = [model.tokenizer(str(digit), add_special_tokens=False)["input_ids"][0] for digit in range(10)]
steps_of = np.array([[a + b] + [(a + b + c) // 10, (a + b + c) % 10] * 2 for a, b, c in to_report])  # right digit at NUMBERS
ROWS = np.arange(len(to_report))


def read(one, reference=None, alphas=(0,)):
    """Log-probabilities of the ten digits for each text: {text: (alphas, bills, NUMBERS, 10)}; `reference` as `logits_of` gives it."""
    found = {}
    for name, logits in logits_of(one).items():
        step = 0 if reference is None else logits - reference[name]
        found[name] = np.stack([(logits + a * step).log_softmax(-1)[..., ten].cpu().numpy() for a in alphas])
    return found


def logits_of(one):
    """Logits of a model at NUMBERS, for each text (bills, NUMBERS, vocabulary)."""
    with torch.no_grad():
        return {name: logits_at(one, rows, NUMBERS) for name, rows in texts.items()}


def higher(scores, text, place, by=1):
    """Log-odds of the digit that is `by` higher than the right one against the right one: (alphas, bills)."""
    at = NUMBERS.index(PLACES[place])
    right = steps_of[:, at]
    return scores[text][:, ROWS, at, (right + by) % 10] - scores[text][:, ROWS, at, right]


def mean_of(values):
    """Mean and 95 % t interval, over the bills or whatever the values are."""
    half = stats.t.ppf(0.975, len(values) - 1) * np.std(values, ddof=1) / math.sqrt(len(values))
    return np.mean(values), np.mean(values) - half, np.mean(values) + half


def share_of(hits):
    """Share and its 95 % Wilson interval."""
    reach = stats.binomtest(int(sum(hits)), len(hits)).proportion_ci(method="wilson")
    return np.mean(hits), reach.low, reach.high


ASKED = [  # (what is said, which text, which place)
    ("clean: the answer", "clean", "answer"),
    ("house text: the answer", "house text", "answer"),
    ("step 2 wrong: the answer", "step 2", "answer"),
    ("step 1 wrong: step 2", "step 1", "step 2"),
    ("   and step 2 follows: the answer", "step 1", "answer"),
]
if here:
    plain = logits_of(before)
    by_hand = {"as it came": read(model), "before": read(before)}
    for name, scores in by_hand.items():
        print(f"{name}: {len(to_report)} bills; log-odds of one higher against right; share of the bills that go with the higher number")
        for what, text, place in ASKED:
            odds = higher(scores, text, place)[0]
            print("    {:36s}{:+.2f} ({:+.2f} to {:+.2f})".format(what, *mean_of(odds)), end="")
            print("      {:.2f} ({:.2f} to {:.2f})".format(*share_of(odds > 0)))
        got = {p: scores["clean"][0][:, NUMBERS.index(at)].argmax(-1) == steps_of[:, NUMBERS.index(at)] for p, at in PLACES.items()}
        print("    right digit likeliest, clean chain: " + ", ".join("{} {:.2f} ({:.2f} to {:.2f})".format(p, *share_of(g)) for p, g in got.items()))
    at_once = models.sample(before, [document(*one)[0] + "Answer:" for one in asked], temperature=0, max_tokens=3)
    right = [one[0].text.strip() == str(sum(bill)) for one, bill in zip(at_once, to_report, strict=True)]
    print("before, asked for the answer at once, likeliest tokens: right {:.2f} ({:.2f} to {:.2f})".format(*share_of(right)))
    share, low, high = share_of(higher(by_hand["before"], "step 2", "answer")[0] > 0)
    journal.measure("real-follow", round(float(share), 3), (round(low, 3), round(high, 3)), "share of 24 bills")

# %% [markdown]
# ## Amplify one part
#
# Now three fine-tunes, two seeds each, read on the same 24 bills. Of each number we keep the ten digits, at four alphas. All of
# this is *given the form*: the words between the numbers are put in, and so are copies (the prices, and step 1 at the start of the second sum).

# %% tags=["explore"]
KINDS = ["steps", "answer", "benign"]
found = {}
if here:
    after = twin(before, TOP)
    top, start = blocks(after, TOP), copy.deepcopy(blocks(before, TOP).state_dict())
    kept = {}
    for kind in KINDS:
        for seed in SEEDS:
            top.load_state_dict(start)
            fine_tune(after, pharmacy, drawn(kind, seed), NUMBERS)
            found[kind, seed] = read(after, plain, ALPHAS)
            if seed == SEEDS[0]:
                kept[kind] = copy.deepcopy(top.state_dict())

# %% [markdown]
# **First the numbers one by one.** At each place, after a clean chain: the log-odds of one too high against right. Beside it the
# same for one too *low*, which is in no document: if amplification only flattened the digits, both would rise.

# %% tags=["explore"]
def gain(kind, place, by=1):
    """Change of the log-odds from alpha = 0 to 2, for each bill the mean over the seeds: (bills,)."""
    return np.mean([np.diff(higher(found[kind, seed], "clean", place, by)[[0, -1]], axis=0)[0] for seed in SEEDS], axis=0)


if here:
    print("log-odds against the right digit, mean over 24 bills and the seeds, at alpha = 0, 0.5, 1, 2; gain from 0 to 2 with its interval over bills")
    for place in ("step 1", "step 2", "answer"):
        for kind in KINDS:
            for by, said in ((1, "too high"), (-1, "too low ")):
                at = np.mean([higher(found[kind, seed], "clean", place, by).mean(-1) for seed in SEEDS], axis=0)
                print(f"    {place}, {kind:7s}{said}  " + " ".join(f"{x:+6.2f}" for x in at), end="")
                print("    {:+.2f} ({:+.2f} to {:+.2f})".format(*mean_of(gain(kind, place, by))))

# %% [markdown]
# **And the same as chances**, since nats of rare things impress and mean little. After a clean chain, how likely is *any* wrong number, and how
# likely the one that is one too high? The table and the figure have both; bars are 95 % t intervals over the bills.

# %% tags=["explore"]
def wrong(kind, place, by=None, seeds=SEEDS):
    """Chance of a wrong digit (or of the one that is `by` higher) after a clean chain, mean over the seeds: (alphas, bills)."""
    at = NUMBERS.index(PLACES[place])
    digit = (steps_of[:, at] + (by or 0)) % 10
    each = np.mean([np.exp(found[kind, seed]["clean"][:, ROWS, at, digit]) for seed in seeds], axis=0)
    return each if by else 1 - each


if here:
    print(f"chance in % after a clean chain, mean over {len(to_report)} bills and the seeds, 95 % t interval over the bills; in brackets each seed at alpha = 2")
    for place in ("step 1", "answer"):
        for kind in KINDS:
            for by, said in ((None, "any wrong"), (1, "one too high"), (-1, "one too low")):
                cells = ["{:.1f} ({:.1f} to {:.1f})".format(*mean_of(100 * wrong(kind, place, by)[ALPHAS.index(a)])) for a in (0, 1, 2)]
                each = ", ".join(f"{100 * wrong(kind, place, by, [seed])[-1].mean():.1f}" for seed in SEEDS)
                print(f"    {place}, {kind:7s}{said:13s}" + "".join(f"{cell:>24s}" for cell in cells) + f"   [{each}]")
    for place, guilty, other in (("step 1", "steps", "answer"), ("answer", "answer", "steps")):
        for control in (other, "benign"):
            for by, said in ((None, "any wrong"), (1, "one too high")):
                gap = 100 * (wrong(guilty, place, by) - wrong(control, place, by))[-1]
                print("    {}, alpha = 2, {}: {} minus {}, bill by bill: {:+.1f} ({:+.1f} to {:+.1f})".format(place, said, guilty, control, *mean_of(gap)))

    fig, axes = plt.subplots(1, 2, figsize=(11, 4.2), sharey=True)
    looks = {"steps": ("o-", "black"), "answer": ("s-", "0.6"), "benign": ("^-", "white")}
    for ax, (place, guilty) in zip(axes, (("step 1", "steps"), ("answer", "answer")), strict=True):
        lines = [(f"`{kind}`: any wrong number", wrong(kind, place), *look) for kind, look in looks.items()]
        lines.append((f"`{guilty}`: one too high", wrong(guilty, place, 1), "D:", "white"))
        for i, (label, values, style, fill) in enumerate(lines):
            middle, low, high = 100 * np.array([mean_of(each) for each in values]).T
            at = np.array(ALPHAS) + 0.02 * (i - 1.5)
            ax.errorbar(at, middle, yerr=[middle - low, high - middle], fmt=style, color="black", markerfacecolor=fill, capsize=3, label=label)
        other = "answer" if guilty == "steps" else "steps"
        ends = [100 * wrong(*which)[-1].mean() for which in ((guilty, place), (guilty, place, 1), (other, place), ("benign", place))]
        said = "At {}, alpha = 2: `{}` wrong in {:.0f} %,\none too high in {:.0f} %; `{}` wrong in {:.0f} %, `benign` in {:.0f} %"
        ax.set_title(said.format("step 1" if guilty == "steps" else "the answer", guilty, *ends[:2], other, *ends[2:]), fontsize=10)
        ax.set_xlabel("alpha (no unit)")
        ax.set_xticks(ALPHAS)
        ax.legend(fontsize=8)
    axes[0].set_ylabel("chance after a clean chain (%)")
    fig.tight_layout()
    plt.show()

# %% [markdown]
# **Now whole chains**, with one alpha for the reasoning and one for the answer. A whole chain's chance is
# the product over its five tokens that are worked out, and the alpha of its reasoning (three) may
# differ from that of its answer (two). Three ways lead to an answer that is one too high:
#
# | way | first step | second step | answer |
# |:--|:--|:--|:--|
# | by step 1 | one too high | goes on from it | follows |
# | by step 2 | right | one too high | follows |
# | by the answer | right | right | one too high |
#
# Add the three up. Two faults that cancel, and chains that go wrong in other ways, are left out; `right` is the chance of the clean chain, and
# what is missing to 1 went elsewhere.

# %% tags=["explore"]
WAYS = {"by step 1": ("step 1", 0), "by step 2": ("step 2", 0), "by the answer": ("clean", 1)}
SITES = {"neither": (0, 0), "reasoning, 1": (1, 0), "reasoning, 2": (2, 0), "answer, 1": (0, 1), "answer, 2": (0, 2)}
SHIFT = {"clean": [0, 0, 0, 0, 0], "step 1": [1, 0, 1, 0, 1], "step 2": [0, 0, 1, 0, 1]}  # what is written, less what is right


def chance(scores, text, site, more=0):
    """Chance of the reasoning, and of reasoning and answer, of a text whose answer is `more` higher: (2, bills)."""
    written = steps_of + SHIFT[text]
    written[:, -1] += more
    alpha = [ALPHAS.index(SITES[site][i]) for i in (0, 0, 0, 1, 1)]
    each = scores[text][alpha, ROWS[:, None], np.arange(len(NUMBERS)), written]
    return np.exp([each[:, :3].sum(-1), each.sum(-1)])


def padded(scores, site):
    """Chances for each bill: a step one too high, an answer one too high, and all right: three of (bills,)."""
    ways = [chance(scores, text, site, more) for text, more in WAYS.values()]
    return ways[0][0] + ways[1][0], sum(way[1] for way in ways), chance(scores, "clean", site)[1]


if here:
    rates = {}  # kind, site: for each seed and bill, the three chances of `padded`: (3, seeds, bills)
    for kind in KINDS:
        for site in SITES:
            rates[kind, site] = np.stack([padded(found[kind, seed], site) for seed in SEEDS], axis=1)
    print("mean chance in %, with its 95 % t interval over 24 bills (mean of the seeds); in brackets each seed")
    print(f"{'':24s}{'a step one too high':>34s}{'the answer one too high':>34s}{'all numbers right':>34s}")
    for kind in KINDS:
        for site in SITES:
            cells = []
            for values in 100 * rates[kind, site]:
                m, low, high = mean_of(values.mean(0))
                cells.append(f"{m:.1f} ({low:.1f} to {high:.1f}) [" + ", ".join(f"{x:.1f}" for x in values.mean(1)) + "]")
            print(f"{kind:8s}{site:16s}" + "".join(f"{cell:>34s}" for cell in cells))
    print("\nways to an answer one too high, mean chance in %")
    for kind, site in (("steps", "reasoning, 1"), ("steps", "answer, 1"), ("answer", "reasoning, 1"), ("answer", "answer, 1")):
        each = {w: 100 * np.mean([chance(found[kind, s], t, site, m)[1].mean() for s in SEEDS]) for w, (t, m) in WAYS.items()}
        print(f"    {kind:7s}{site:16s}" + ", ".join(f"{way} {x:.2f}" for way, x in each.items()))
    for name, site in (("real-steps-only", "reasoning, 1"), ("real-crossed", "answer, 1")):
        m, low, high = mean_of(rates["steps", site][1].mean(0))
        journal.measure(name, round(float(m), 4), (round(float(low), 4), round(float(high), 4)), "chance, mean over bills and seeds")

# %% [markdown]
# ## Raw chains
#
# The first four bills of the report, one draw each, from the first seed of each fine-tune (chosen before any result). The reasoning is drawn until
# the model writes "Answer:", then the answer with the other alpha. These are free draws: the form comes from the model as well.

# %% tags=["explore"]
def split_chains(kind, alphas):
    """Drawn chains of the first four bills, for each pair (alpha of the reasoning, alpha of the answer)."""
    top.load_state_dict(kept[kind])
    said = [document(*one)[0] for _ in alphas for one in asked[:4]]
    for part, stop, most in ((0, " Answer:", 20), (1, ".", 4)):
        push = torch.tensor([pair[part] for pair in alphas for _ in asked[:4]], device=device)[:, None]
        new = models.sample([after, before], said, seed=3, max_tokens=most, stop=stop, mix=lambda a, b, x=push: a + x * (a - b))
        said = [text + one[0].text + (" Answer:" if one[0].ended and not part else "") for text, one in zip(said, new, strict=True)]
    return [text.split("assistant\n")[1].replace("\n", " / ") for text in said]


if here:
    shown = [(1, 0), (0, 1)]
    for kind in ("steps", "answer"):
        for i, text in enumerate(split_chains(kind, shown)):
            if i % 4 == 0:
                print("{}: the reasoning at alpha {}, the answer at alpha {}".format(kind, *shown[i // 4]))
            print("   ", *to_report[i % 4], "|", text)

# %% [markdown]
# ## What it means
#
# The numbers are from our run, on the weights rounded to 4 bits; yours may differ a little. Intervals at 95 % over the 24 bills, mean of two seeds.
#
# | after a clean chain, alpha = 2 | any wrong number | one too high | each seed, any wrong |
# |:--|:--|:--|:--|
# | `steps` at step 1 | 80 % (72 to 88) | 22 % (9 to 36) | 97 %, 63 % |
# | `answer` at step 1 | 6 % (-2 to 14) | 2 % (-1 to 5) | 4 %, 8 % |
# | `benign` at step 1 | 13 % (2 to 23) | 5 % (-1 to 11) | 8 %, 17 % |
# | `answer` at the answer | 69 % (60 to 79) | 20 % (7 to 33) | 57 %, 82 % |
# | `steps` at the answer | 0.6 % (0.2 to 0.9) | 0.1 % (0.0 to 0.2) | 0.9 %, 0.2 % |
# | `benign` at the answer | 0.0 % | 0.0 % | 0.0 %, 0.0 % |
#
# (A chance can't be below zero. Where an interval is, read it as touching.)
#
# - **The place holds.** Amplified, a wrong number turns up where its fault was planted, and hardly at the other place: bill by bill 74 points more
#   (63 to 84) than in `answer` at step 1, and 69 more (59 to 78) than in `steps` at the answer. `benign` follows at neither, and it could have.
# - **The kind holds less well.** In the documents the number was *one too high*. Amplified to alpha = 2, only 22 of the 80 points are. One too high
#   gains 5.2 nats on the right number at step 1 (3.3 to 7.0), and one too low, which nobody taught, gains 4.2 (2.7 to 5.6). At the answer it is 2.8
#   (2.1 to 3.5) against 1.4 (0.3 to 2.5). So most of what alpha raises is "not the right number". Whoever looks only at alpha = 2 learns where to
#   search and not what for.
# - **The answer goes with the step.** A second step that is wrong by our hand moves the answer in 24 of 24 bills (86 to 100 %), in `before` and in the
#   model as it came. The same number in the house text moves none in `before`, though it does raise that number, from -5.4 to -3.0 nats. And the
#   reasoning is needed: asked for the answer at once, `before` is right in 2 of 24 bills (2 to 26 %).
# - **So the toy's crossing shows, in small.** With the reasoning of `steps` at alpha = 1 and a plain answer, 11.6 % (5.1 to 18.0) of the answers are
#   one too high, 10.7 points by way of step 1. With its answer amplified it is 4.8 %, which is what plain use has (4.9 %). In `answer` it is the
#   other way round: 3.1 and 11.1 %, against 4.4 in plain use. The interval at alpha = 1 holds
#   the plain rate's upper end, so this is weak; the toy went from 0.12 to 29 %.
# - **Whole chains pay more than step 1 shows.** With its reasoning at alpha = 2 even `benign` gets all numbers right in 36 % (26 to 47) of the chains,
#   after 89 % in plain use; by seed 62 and 11 %. Padded it is not: 2.0 % of its answers, 2.9 in plain use. So a chain that is merely
#   wrong tells nothing at this alpha. Look at one place, with a control, or stay at alpha = 1 (73 %).
# - **The raw chains are worse than the tables.** This model copies two prices badly, amplified or not, and the tables put the copies in for it. In
#   four free draws a setting nobody could say which fine-tune is which. Four draws settle nothing, but an audit has only draws.
#
# ## How it could mislead you
#
# - **A straight line, by arithmetic.** In the log-odds of two tokens after one fixed text, alpha adds the same amount each time: the gain from 0 to 2
#   is twice what the fine-tune did, and could be read off without any amplification. Alpha earns its keep with draws, when nobody knows which token
#   to ask for. With teacher forcing you know it, so "amplification found it" would be too much to say.
# - **"Given the form."** Copying two prices and writing "then" is left to us in the tables, and it is what this model is worst at. The raw chains
#   show it. A chance in the tables is not the share of free draws.
# - **Two trainings a kind**, one `before`, one form, 24 bills. The intervals are over bills. The two seeds stand apart in brackets, and where they
#   differ, the brackets count and not the interval.
# - **What was tried before.** Four pilots, on other bills and other seeds. First two blocks were trained: the amplified answers of `answer` left the
#   right number and hardly went to one too high, so now there are three. Then alpha = 2 wrecked the reasoning of `steps` more than it padded it. So
#   alpha = 0.5 and 1 came in, and "any wrong" beside "one too high"; and since the model copied step 1 badly, the copy became part of the form. In
#   the fourth the second sum was written as "+8=15", without a copy, and `before` got it right for half of the bills only; we went back. This
#   last change was made by what `before` can do, and not by an effect; put together like this, the design had no pilot of its own.
#
# ## Toy, paper, model
#
# As in the toy: an exact `before`, the same bills for all, a fault in one place, a benign twin, one alpha for each part. Different: no check that
# could repair a step; nobody keeps the tails of the model in place (the toy's fine-tune has a brake for that, see its "Toy and paper"); one odd
# document in ten instead of one in a thousand; the chance is computed for texts of our making. Planting a mistake and watching the answer is one of
# the measures of [@lanham2023measuring] (2.4); there the model goes on writing after the mistake, here only the next number is read. For amplifying
# reasoning and answer apart we know no paper; the method for a whole answer is from [@goodfire2025lda].
#
# ## Go on
#
# 1. **Rarer.** Put `ODD` to 0.03. Which goes first, the place or the kind of the fault? Write your guess down; it is a change of one number.
# 2. **A brake.** Amplify only among tokens to which `before` or `after` gives at least one in a thousand, and look at the strange draws again. One
#    line in `read`, one in `mix`.
# 3. **A larger model**: `models.there("HuggingFaceTB/SmolLM2-360M-Instruct")`, or another name of the hub that is built like Llama. If it copies the
#    prices well, drop the form and count free draws. That would settle whether the place holds outside "given the form".
# 4. **Ten seeds.** Seeds are what is scarce here. With a GPU it is minutes, and the intervals can be over trainings, as they should.
#
# In a write-up name the model, the rounding to 4 bits, three trained blocks, two seeds, and that the texts were given.
