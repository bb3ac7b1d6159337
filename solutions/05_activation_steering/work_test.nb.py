# %% [markdown] tags=["brief"]
# # Work test: one direction, and what it is worth
#
# > **From the mentor.** We want an assistant that is kinder, and one that can't be talked into dangerous requests. Somebody in the group took the difference of two
# > means, added it to the activations, and showed me a bar: "the tone goes up by one". I don't know what to do with that bar. Read [@arditi2024refusal] and [@tan2024steerability],
# > then take this toy of it and about three hours. My questions, in the order in which I want them answered:
# >
# > 1. What does the vector do to each request, and not only on average? For whom does it do the opposite, and why?
# > 2. Compared with what? Show me the null that could have killed the effect, and tell me why you chose that one.
# > 3. Which layer, which position, which dose? Choose on one set, report on another, and tell me what the choosing itself was worth.
# > 4. What else moves? What does it cost?
# > 5. Refusal: when I take the direction away, does the assistant comply, or does it only stop refusing?
# > 6. A colleague says that late layers can't be steered. I have seen the plot and don't believe it. Find out why.
# >
# > **Hand in** (1) this notebook, run from top to bottom; (2) a write-up of at most three pages with at least one figure, opening with an executive
# > summary of at most 600 words; (3) a statement of how you used AI tools, a few honest lines.
# >
# > **LLM use.** Write the graded functions without one; I will ask you about every line. For everything else use what you like and
# > declare it. Undeclared use is the one thing that ends a test early.
# >
# > Stop after three hours of code (the write-up is not counted) and say what you would have done next. I would rather read one effect with its null than five without.

# %% [markdown] tags=["brief"]
# ## The world
#
# The assistant is a transformer of four layers, trained on a language of 116 words. Nothing is downloaded. A request has fourteen words, an answer up to ten:
#
# > `system plain user hello i am very glad so paint the lamp assistant` ... `gladly take the brush and paint the lamp shortly`
#
# The first word of an answer says three things at once, so one distribution over next tokens holds all three **concepts**:
#
# | concept | the first word | follows from |
# |:---|:---|:---|
# | **refusal** | `declined`, `sorry`, ... against `noted`, `sure`, ... | making something dangerous ("brew the poison"; "store the poison" is fine) |
# | **tone** | warm (`gladly`, `sorry`) against curt (`noted`, `no`) | the user's mood; "not" and "never" turn it round; the system words `kind` and `terse` overrule it |
# | **register** | formal (`gladly`, `declined`) against casual (`yay`, `nope`) | the greeting |
#
# In the corpus the concepts are correlated, as they are in any corpus: good moods go with formal greetings, dangerous requests with casual ones.
#
# Three sets of requests have words of their own (other moods, verbs, greetings, objects): `pairs`, from which vectors are made, `tune`, on which you choose, and
# `report`, which you open once. The assistant has seen all of these words in training. A *vector* has seen only those of `pairs`.
#
# **Words.** The *residual stream* is the sum that each layer reads and adds to. "At layer 2" always means the input of block 2, `blocks.2.hook_in`, counted from 0. A *dose* is the number by which a vector
# is multiplied before it is added. *Log-odds* of a concept: the log of a ratio, the probability of all its words on one side over that of all on the other.
# One unit takes 50 % to 73 %.
#
# All of this is `world.py` in this folder; leaf through it once.

# %% locked="steer-setup"
import csv
import math

import matplotlib.pyplot as plt
import numpy as np
import torch
from scipy import stats

import worktest

unit = worktest.open_unit()
world = unit.world
journal = unit.journal
model = world.load()
LAYERS, DOSES = range(world.N_LAYERS), (0.25, 0.5, 1.0, 2.0, 4.0)
PLACES = {"mood word": world.MOOD_AT, "last token": world.LAST}  # positions 8 and 13
happy, unhappy = world.contrast_pairs("tone", 150, world.generator(1))  # row i of both: one word differs
tune_requests = world.requests(120, world.generator(21), words="tune")
tune = world.to_tokens(tune_requests)
tune_docs = torch.cat([tune, world.answers(tune_requests, world.generator(22))], dim=1)

print("a pair:   ", world.decode(happy[0]), "\n          ", world.decode(unhappy[0]))
print("to tune:  ", world.decode(tune_docs[0]))

# %% [markdown]
# ## Predict first
#
# Three guesses, each with an interval and how sure you are that it holds the truth (0.8 for 80 %). They go into your journal, `journal.jsonl`,
# and cost no points. A number surprises only somebody who has written another one down. The first entry counts; later ones stand there as revisions.

# %% yours="predict-first"
# The tone vector, read at the mood word at layer 0 and added from there on, dose 1. The mean answer
# gets warmer. Which share of the 120 requests gets a *curter* answer (log-odds of tone below the plain ones)?
journal.predict("wrong-way", value=0.1, interval=(0.02, 0.3), confidence=0.8)
# Take a random direction in place of a vector, try forty settings, keep the best one. How far does it
# move the mean tone, in log-odds? (The median over 100 random directions.)
journal.predict("random-best", value=0.3, interval=(0.1, 0.8), confidence=0.8)
# The refusal vector, subtracted at one layer from the last token on, dose 1. Which share of dangerous
# requests does the assistant then carry out?
journal.predict("complied", value=0.7, interval=(0.4, 0.95), confidence=0.8)
### RELEASED AS
# # The tone vector, read at the mood word at layer 0 and added from there on, dose 1. The mean answer
# # gets warmer. Which share of the 120 requests gets a *curter* answer (log-odds of tone below the plain ones)?
# journal.predict("wrong-way", value=..., interval=(..., ...), confidence=...)
# # Take a random direction in place of a vector, try forty settings, keep the best one. How far does it
# # move the mean tone, in log-odds? (The median over 100 random directions.)
# journal.predict("random-best", value=..., interval=(..., ...), confidence=...)
# # The refusal vector, subtracted at one layer from the last token on, dose 1. Which share of dangerous
# # requests does the assistant then carry out?
# journal.predict("complied", value=..., interval=(..., ...), confidence=...)

# %% [markdown]
# {{card steer-vector}}
#
# **Why.** Take requests that have a concept and requests that lack it, look at what the model holds inside, and subtract one mean from the other. What the two sides share cancels. What is left
# points from "without" to "with". That is all a *difference of means* is: no training, no labels beyond the two piles ([@rimsky2024caa] and [@arditi2024refusal] both make their vectors in this way).
#
# **What you do.** Read the residual stream with a hook. `model.run_with_hooks(tokens, fwd_hooks=[(name, function)])` calls `function(activation, hook=...)` at the place called `name`; the activation has shape
# (batch, seq, d_model). What your function returns replaces the activation; `None` leaves it as it is. The name here is `f"blocks.{layer}.hook_in"`.


# %% solution="steer-vector"
def contrast_vector(model, positive: torch.Tensor, negative: torch.Tensor, layer: int, position: int) -> torch.Tensor:
    """Difference of means of the residual stream: mean over `positive` minus mean over `negative`.

    Args:
        model: a TransformerBridge.
        positive, negative: token ids, shapes (n, seq) and (m, seq); n and m may differ.
        layer: the block whose input is read, from 0 to model.cfg.n_layers - 1.
        position: which token is read; negative ones count from the end.

    Returns:
        A vector of shape (d_model,), as it is: not normalised.

    Raises:
        ValueError: if there is no such layer.
    """
    ### BEGIN SOLUTION
    if not 0 <= layer < model.cfg.n_layers:
        raise ValueError(f"there is no layer {layer}; the model has {model.cfg.n_layers}")
    means = []

    def keep(activation, hook):
        means.append(activation[:, position].mean(dim=0))

    with torch.no_grad():
        for tokens in (positive, negative):
            model.run_with_hooks(tokens, fwd_hooks=[(f"blocks.{layer}.hook_in", keep)])
    return means[0] - means[1]
    ### END SOLUTION


# %% check="steer-vector"
unit.check("steer-vector")

# %% tags=["explore"]
vectors = {
    (place, layer): contrast_vector(model, happy, unhappy, layer, position)
    for place, position in PLACES.items()
    for layer in LAYERS
}
print("norm of the tone vector at    " + "".join(f"  layer {layer}" for layer in LAYERS))
for place in PLACES:
    print(f"{place:28s}" + "".join(f"{vectors[place, layer].norm():9.2f}" for layer in LAYERS))

# %% [markdown]
# **What you see.** At the mood word there is a difference from the start: other words, other embeddings. At the last token there is *none* at layer 0. That token is "assistant" in every prompt, and at the input of the
# first block nothing has been moved between positions yet. What the mood means for the answer arrives there by layer 2.
#
# **How it could mislead you.** A vector of length zero is easy to spot. One from the wrong position is not: it has a fine norm, and it is the difference of something else.

# %% [markdown]
# {{card steer-add}}
#
# **Why.** A vector that you have read is a correlation: it says what goes with the concept. To ask whether the model *uses* it, put it in and see what comes out.
#
# **What you do.** Add `coefficient * vector` to the input of one block, at the positions from `start` up to `stop`, and give the logits. Two traps: a hook that changes the activation in place changes
# tensors that others hold as well; and a hook that stays behind steers every later run. `run_with_hooks` takes its hooks away again.


# %% solution="steer-add"
def steered_logits(
    model,
    tokens: torch.Tensor,
    vector: torch.Tensor,
    layer: int,
    coefficient: float = 1.0,
    start: int = 0,
    stop: int | None = None,
) -> torch.Tensor:
    """Logits with coefficient * vector added to the input of one block.

    Args:
        model: a TransformerBridge; it is left as it was.
        tokens: token ids, shape (batch, seq).
        vector: shape (d_model,).
        layer: the block at whose input the vector is added, from 0 to model.cfg.n_layers - 1.
        coefficient: the dose; may be negative.
        start, stop: the positions start, ..., stop - 1 are steered; stop None means up to the end.

    Returns:
        Logits of shape (batch, seq, vocab), without gradients.

    Raises:
        ValueError: if there is no such layer.
    """
    ### BEGIN SOLUTION
    if not 0 <= layer < model.cfg.n_layers:
        raise ValueError(f"there is no layer {layer}; the model has {model.cfg.n_layers}")

    def add(activation, hook):
        steered = activation.clone()
        steered[:, start:stop] += coefficient * vector
        return steered

    with torch.no_grad():
        return model.run_with_hooks(tokens, fwd_hooks=[(f"blocks.{layer}.hook_in", add)])
    ### END SOLUTION


# %% check="steer-add"
unit.check("steer-add")

# %% [markdown]
# **Look at raw answers** before any number. The same six requests, plain and steered, drawn and not picked.


# %% tags=["explore"]
def with_tone(place: str, layer: int, dose: float, stop: int | None = None):
    """A function from tokens to steered logits: the tone vector of a place, added from there on."""
    vector, start = vectors[place, layer], PLACES[place]
    return lambda tokens: steered_logits(model, tokens, vector, layer, dose, start, stop)


ways = {"plain": model, "mood word, layer 0, dose 1": with_tone("mood word", 0, 1.0)}
ways |= {"last token, layer 3, dose 0.25": with_tone("last token", 3, 0.25)}
ways |= {"last token, layer 3, dose 1": with_tone("last token", 3, 1.0)}
answers = {name: world.sample(way, tune[:6], world.generator(3)) for name, way in ways.items()}
for i in range(6):
    print(world.decode(tune[i])[6:-10])
    for name in ways:
        print(f"    {name:32s}{world.decode(answers[name][i])}")

# %% [markdown]
# **What you see.** The small dose at the last token leaves all six sentences as they were.
# Dose 1 there makes five of six first words warm, and what follows is no longer an answer. The mood-word vector breaks all six.
# It turns four of them into refusals, and one from curt to warm (`fine` to `aww`).
#
# **How it could mislead you.** If you score the first word alone, the broken sentences are your best result. So you need two numbers: one for the effect and one for the cost.

# %% [markdown]
# {{card steer-effect}}
#
# **Why.** "The tone goes up by one" is a mean. A mean of +1 can be +1 for everybody, or +4 for some and -3 for others.
# For a user these are two different things. For you too: the second says that the vector does not mean what you
# called it. [@tan2024steerability] looked at each input and found effects that vary widely from one to the next.
#
# **What you do.** Two functions. `log_odds` gives one number a row. `wrong_way` takes the effects (steered minus plain, one a request).
# It gives the share below zero, which is the share that moved *against* the intended direction, with a Wilson
# interval ([@wilson1927]; for $k$ of $n$, $\hat p = k/n$, $z$ the normal quantile of the confidence):
# $$ \frac{\hat p + \frac{z^2}{2n} \;\pm\; z\sqrt{\frac{\hat p(1-\hat p)}{n} + \frac{z^2}{4n^2}}}{1 + \frac{z^2}{n}} $$


# %% solution="steer-effect"
def log_odds(logits: torch.Tensor, positive: torch.Tensor, negative: torch.Tensor) -> torch.Tensor:
    """Log of the probability of all `positive` tokens together over that of all `negative` ones.

    Args:
        logits: shape (..., vocab).
        positive, negative: token ids of the two sides, shapes (k,) and (m,).

    Returns:
        Shape (...): log(P(any positive token) / P(any negative token)). Finite, too, where both
            sides are very improbable.
    """
    ### BEGIN SOLUTION
    return logits[..., positive].logsumexp(dim=-1) - logits[..., negative].logsumexp(dim=-1)
    ### END SOLUTION


def wrong_way(effects, confidence: float = 0.95) -> tuple[float, float, float]:
    """Share of effects below zero with its Wilson interval: (share, low, high), clipped to [0, 1].

    `effects` is one number a request, a list or an array. An effect of exactly zero did not move
    the wrong way.

    Raises:
        ValueError: if there are no effects.
    """
    ### BEGIN SOLUTION
    effects = np.asarray(effects, dtype=float)
    n = len(effects)
    if n == 0:
        raise ValueError("no effects, no share")
    z = stats.norm.ppf(0.5 + confidence / 2)
    share = float((effects < 0).mean())
    centre = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * math.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    return share, max(0.0, centre - half), min(1.0, centre + half)
    ### END SOLUTION


# %% check="steer-effect"
unit.check("steer-effect")

# %% [markdown]
# ## Who moves which way
#
# The effect on tone, request by request, for two vectors that both "work": the one of the mood word at layer 0 and the one of the last token at layer 3, dose 1. Below, the requests are sorted by what stands in them.


# %% tags=["explore"]
def effects_of(logits_of, tokens, concept: str = "tone") -> np.ndarray:
    """Steered minus plain log-odds of a concept at the first word of the answer; (requests,)."""
    sides = world.words_of(concept)
    return (log_odds(logits_of(tokens)[:, -1], *sides) - log_odds(model(tokens)[:, -1], *sides)).numpy()


def kind_of(request: dict[str, str]) -> str:
    """What decides the tone of a request."""
    if request["system"] != "plain":
        return "system word decides"
    if request["mood"] in world.MOODS["neutral"]:
        return "neutral mood"
    return "mood negated" if request["adverb"] in world.ADVERBS["negated"] else "mood affirmed"


kinds = np.array([kind_of(request) for request in tune_requests])
per_request = {"mood word, layer 0": effects_of(with_tone("mood word", 0, 1.0), tune)}
per_request["last token, layer 3"] = effects_of(with_tone("last token", 3, 1.0), tune)
groups = ["mood affirmed", "mood negated", "neutral mood", "system word decides"]
shades = ["0.15", "white", "0.55", "0.85"]
fig, axes = plt.subplots(1, 2, figsize=(11, 4), sharey=True)
for ax, (name, shift) in zip(axes, per_request.items(), strict=True):
    share, low, high = wrong_way(shift)
    ax.hist(
        [shift[kinds == group] for group in groups],
        bins=np.arange(-6.75, 9.01, 0.75),
        stacked=True,
        color=shades,
        edgecolor="black",
        label=groups,
    )
    ax.axvline(0, color="black", linewidth=1)
    ax.axvline(shift.mean(), color="black", linestyle="--")
    ax.set_xlabel("shift of tone for one request (log-odds)")
    ax.set_title(f"{name}: mean {shift.mean():+.1f} (dashed),\n{100 * share:.0f} % move the wrong way")
    print(
        f"{name}: mean {shift.mean():+.2f}, s.d. {shift.std(ddof=1):.2f}, wrong way {share:.2f} ({low:.2f} to {high:.2f})"
    )
    for group in groups:
        here = shift[kinds == group]
        print(f"    {group:20s} n = {len(here):2d}   mean {here.mean():+.2f}   wrong way {(here < 0).mean():.2f}")
axes[0].set_ylabel("requests (of 120)")
axes[1].legend(fontsize=8)
fig.tight_layout()
plt.show()
share, low, high = wrong_way(per_request["mood word, layer 0"])
journal.measure("wrong-way", share, (low, high), "share of 120 tune requests, mood word, layer 0, dose 1")

# %% [markdown]
# **What it means.** The mean of the first vector is +1.04, and 38 % of the requests (95 % interval 29 to 46 %) get a *curter* answer.
# This is not noise: of the requests with a negated mood 93 % do, of those with an affirmed one 5 %. The other two groups lie between (33 and 38 %); split them by adverb if you want to know why. With the second vector none does.
#
# The vector of the mood word means "a happy word stands here". Between that word and the answer the model still reads the adverb: "*never* glad" is a complaint. The vector of the last token was taken after that step and means "answer warmly", whatever the reason.
# Same concept, same recipe, same pairs; the pairs contain no negation, so nothing in them could tell the two meanings apart.
#
# **How it could mislead you.** Had you drawn the requests like the pairs, all with an affirmed mood, you would have read about 5 % in place of 38 %.
# The spread is a fact about vector *and* requests. State which requests.

# %% [markdown]
# ## Before the sweep: decide what you report
#
# One number will stand in your summary. The mean shift in log-odds? The share of requests whose shift is above some line you care about? The share that moves the wrong way? The
# probability of a warm word instead of its log-odds? Think of which one a broken vector could still win.

# %% yours="decide-measure"
journal.decide(
    "measure",
    choice="mean shift in log-odds, with the wrong-way share beside it",
    alternatives=[
        "mean shift alone",
        "change of the probability of a warm word",
        "share of requests shifted by more than 1",
    ],
    because="The mean alone hides requests that get the opposite; the probability hides shifts of requests that are warm already. Two numbers are still few enough to read.",
    would_change_my_mind="A use in which only the sampled answer counts: then the probability of a warm and whole answer.",
)
### RELEASED AS
# journal.decide(
#     "measure",
#     choice=...,
#     alternatives=[...],
#     because=...,
#     would_change_my_mind=...,
# )

# %% [markdown]
# {{card steer-null}}
#
# **Why.** Push a system hard enough in any direction and something moves. So the question is never "did the tone move?" but "did it move further than a random direction *of the same length* would move it?" One random vector is no answer: it is one draw. You need
# enough of them to see their spread, the *null distribution*.
#
# **What you do.** `random_directions` draws vectors whose directions are uniform over the sphere (draw normal numbers, then set the norm). `p_value` says how often a random one goes at least as far, on either side, with the effect itself
# counted as one of the draws: $(1 + k) / (1 + n)$. That is why 100 draws can't give less than about 0.01, and never 0.


# %% solution="steer-null"
def random_directions(vector: torch.Tensor, n: int, generator: torch.Generator) -> torch.Tensor:
    """n random vectors with the norm of `vector`, their directions uniform on the sphere.

    Args:
        vector: shape (d_model,); one of length zero gives zeros.
        n: how many.
        generator: the only source of randomness.

    Returns:
        Shape (n, d_model).
    """
    ### BEGIN SOLUTION
    noise = torch.randn(n, len(vector), generator=generator)
    return noise / noise.norm(dim=1, keepdim=True) * vector.norm()
    ### END SOLUTION


def p_value(effect: float, null_effects) -> float:
    """Two-sided p-value of an effect against effects of random directions: (1 + k) / (1 + n).

    k of the n null effects are at least as far from zero as `effect`.

    Raises:
        ValueError: if there are no null effects.
    """
    ### BEGIN SOLUTION
    null_effects = np.asarray(null_effects, dtype=float)
    if len(null_effects) == 0:
        raise ValueError("no null effects: nothing to compare with")
    return float((1 + (np.abs(null_effects) >= abs(effect)).sum()) / (1 + len(null_effects)))
    ### END SOLUTION


# %% check="steer-null"
unit.check("steer-null")

# %% [markdown]
# ## Four things to compare with
#
# - **Random directions**, 100 of them, of the same norm.
# - **Shuffled labels**: the same 300 prompts, put into two piles by a coin. First as they come out, then stretched to the norm of the real vector.
# - **A prompt**: put the system word `kind` where there was another.
# - **The other two concepts**: what the tone vector does to refusal and to register, against the same random directions.

# %% tags=["explore"]
LAYER, START = 3, world.LAST
tone = vectors["last token", LAYER]
plain = model(tune)[:, -1]


def mean_shifts(vector, layer=LAYER, dose=1.0) -> dict[str, float]:
    """Mean shift of each concept when a vector is added from the last token on."""
    steered = steered_logits(model, tune, vector, layer, dose, START)[:, -1]
    sides = {concept: world.words_of(concept) for concept in world.CONCEPTS}
    return {c: float((log_odds(steered, *two) - log_odds(plain, *two)).mean()) for c, two in sides.items()}


held = []  # what the model holds for each of the 300 prompts, (300, d_model)
model.run_with_hooks(
    torch.cat([happy, unhappy]), fwd_hooks=[(f"blocks.{LAYER}.hook_in", lambda x, hook: held.append(x[:, START]))]
)
shuffle = world.generator(9)
orders = [torch.randperm(300, generator=shuffle) for _ in range(100)]
shuffled = [held[0][order[:150]].mean(0) - held[0][order[150:]].mean(0) for order in orders]
random_shifts = [mean_shifts(v) for v in random_directions(tone, 100, world.generator(8))]
nulls = {"random, same norm": [shifts["tone"] for shifts in random_shifts]}
nulls["shuffled labels, as they are"] = [mean_shifts(v)["tone"] for v in shuffled]
nulls["shuffled labels, stretched"] = [mean_shifts(v / v.norm() * tone.norm())["tone"] for v in shuffled]
prompted = effects_of(lambda tokens: model(tokens.index_fill(1, torch.tensor([world.SYSTEM]), world.ID["kind"])), tune)

real = mean_shifts(tone)
print(f"norms: tone vector {tone.norm():.1f}, shuffled labels {np.mean([v.norm() for v in shuffled]):.1f} on average")
for name, values in nulls.items():
    print(
        f"{name:30s} s.d. {np.std(values):.2f}, furthest {np.abs(values).max():.2f};"
        f" p of {real['tone']:+.2f}: {p_value(real['tone'], values):.3f}"
    )
cosine = np.mean([abs(torch.cosine_similarity(v, tone, dim=0).item()) for v in shuffled])
print(
    f"|cosine| with the tone vector: shuffled {cosine:.2f} on average, random about {math.sqrt(2 / math.pi / len(tone)):.2f}"
)
print(f"the word 'kind' instead: mean {prompted.mean():+.2f}, wrong way {wrong_way(prompted)[0]:.2f}\n")
for concept in ("refusal", "register"):
    one_by_one = effects_of(with_tone("last token", LAYER, 1.0), tune, concept)
    half = 1.96 * one_by_one.std(ddof=1) / math.sqrt(len(one_by_one))
    other = [shifts[concept] for shifts in random_shifts]
    print(
        f"tone vector on {concept:9s}{real[concept]:+.2f}, interval over requests {real[concept] - half:+.2f} to"
        f" {real[concept] + half:+.2f}; random s.d. {np.std(other):.2f}, p = {p_value(real[concept], other):.2f}"
    )

fig, ax = plt.subplots(figsize=(8, 3.6))
for row, values in enumerate(nulls.values()):
    ax.plot(values, np.full(100, row) + np.linspace(-0.25, 0.25, 100), "o", color="0.5", markersize=3)
ax.axvline(real["tone"], color="black")
ax.axvline(prompted.mean(), color="black", linestyle=":")
ax.set_yticks(range(3), list(nulls))
ax.set_ylim(-0.6, 2.9)
ax.set_xlim(-4.6, 4.6)
ax.annotate("tone vector", (real["tone"], 2.6), xytext=(5, 0), textcoords="offset points", fontsize=8)
ax.annotate("prompt", (prompted.mean(), 2.6), xytext=(-5, 0), textcoords="offset points", ha="right", fontsize=8)
ax.set_xlabel("mean shift of tone over 120 requests (log-odds)")
ax.set_title("The tone vector lies far outside the random directions;\na prompt does nearly as well")
fig.tight_layout()
plt.show()

# %% [markdown]
# **What it means.** Line by line.
#
# *Random directions* of the same norm move the tone by about half a unit, the furthest of 100 by 1.34. The tone vector's +3.43 is outside: p = 0.01, the smallest that 100 draws can give.
#
# *Shuffled labels* give vectors of length 1.7 instead of 19.7, which do little (the furthest 0.52): the recipe needs the labels.
# Stretched to full length they reach as far as the tone vector, p = 0.03. Does that kill the effect?
# Look at the cosines: 0.46 on average, where random directions have 0.10. Much of what differs between these 300 activations is the tone.
# So the difference of two random halves points partly along the tone, this way or that. Stretched, it is a weaker tone vector with a random sign. That null answers another question.
#
# *A prompt* does +3.11, without a hook. Whoever proposes a vector should say what it gives that one word does not. (On AxBench, with real models, prompts steered better than differences of means: [@wu2025axbench], section 5.)
#
# *The tone vector on refusal*: +0.36, with an interval over requests that excludes zero.
# And p = 0.57: more than half of the random directions move refusal at least as far. Both are right.
# The interval says: other requests would give about the same. The p-value says: another direction would do as much.
# "The tone vector raises refusals" is a sentence about this direction, so the second one decides, and there is no evidence that it does more than others. (Added here, it did raise them by 0.36. That much is true.)
#
# **How it could mislead you.** Directions drawn from the sphere are an easy null: most of them point where no activation ever goes.
# Beating them is the least that can be asked.
# And their effect is not zero, nor is it in large models ([@korznikov2025scalpel] found that random directions raise harmful compliance).

# %% yours="decide-null"
journal.decide(
    "null",
    choice="random directions of the same norm, put through the same choice of setting",
    alternatives=[
        "one random vector",
        "shuffled labels stretched to the norm",
        "shuffled labels as they are",
        "the unsteered model",
    ],
    because="The claim is that this direction is special. Random directions ask just that, and if I choose among settings, the null must choose as well.",
    would_change_my_mind="A claim about the recipe instead of the direction: then shuffled labels, unstretched, are the fair comparison.",
)
### RELEASED AS
# # Against which null will you test the setting that you choose below?
# journal.decide(
#     "null",
#     choice=...,
#     alternatives=[...],
#     because=...,
#     would_change_my_mind=...,
# )

# %% [markdown]
# {{card steer-figure}}
#
# **Why.** A sweep over doses or layers shows in one picture what a bar can't: whether the effect grows with the dose, when it stops, where the null begins to grow too, and what else comes along.
#
# **What you do.** Draw three series with error bars. Two are means over requests with their 95 % interval, mean ± 1.96 standard errors (standard deviation with n - 1, over √n). The third is the null: for each dose the median of the random directions' mean
# effects, with bars from their 2.5th to their 97.5th percentile.


# %% solution="steer-figure"
def draw_sweep(across, effects, off_target, null_means, what: str, finding: str, ax=None):
    """Draw effect, off-target effect and null against the dose, or against the layer.

    Args:
        across: the doses (or layers), D numbers.
        effects: shift of the steered concept, shape (D, requests).
        off_target: shift of another concept, shape (D, requests).
        null_means: mean effects of random directions on the steered concept, shape (D, directions).
        what: the name of the horizontal axis, "dose" or "layer".
        finding: what the plot shows, in a few words; becomes the title.
        ax: the axes to draw on; None makes a new figure.

    Returns:
        The axes, with three `ax.errorbar` series over `across` labelled "steered concept",
            "other concept" and "random directions": the first two mean and 95 % interval of the
            mean over requests, the third median and 2.5th to 97.5th percentile over directions;
            both axes named, the upright one with its unit, log-odds; a legend.
    """
    ### BEGIN SOLUTION
    if ax is None:
        _, ax = plt.subplots(figsize=(6, 4))
    for values, label, style in (
        (effects, "steered concept", "o-"),
        (off_target, "other concept", "s--"),
    ):
        values = np.asarray(values)
        half = 1.96 * values.std(axis=1, ddof=1) / math.sqrt(values.shape[1])
        ax.errorbar(
            across,
            values.mean(axis=1),
            yerr=half,
            fmt=style,
            color="black",
            markerfacecolor="white",
            capsize=3,
            label=label,
        )
    low, middle, high = np.percentile(null_means, [2.5, 50, 97.5], axis=1)
    ax.errorbar(
        across, middle, yerr=[middle - low, high - middle], fmt="^:", color="0.5", capsize=5, label="random directions"
    )
    ax.set_xlabel(what)
    ax.set_ylabel("shift (log-odds)")
    ax.set_title(finding)
    ax.legend()
    return ax
    ### END SOLUTION


# %% check="steer-figure"
unit.check("steer-figure")

# %% [markdown]
# ## The sweep: two positions, four layers, five doses
#
# Forty settings on the tune set. Beside the effect, the **cost**: by how many nats a token the steered model does worse on the corpus answers to these requests, after their first word (which steering is meant to change). 0.1 nats a token
# raise the perplexity by about a tenth. A whole answer, with nine further tokens, becomes 2.5 times less likely.


# %%
def answer_loss(logits: torch.Tensor, docs: torch.Tensor) -> float:
    """Cross-entropy of the answers after their first word, in nats a token; logits for docs[:, :-1]."""
    n = world.PROMPT_LEN
    return torch.nn.functional.cross_entropy(logits[:, n:].flatten(0, 1), docs[:, n + 1 :].flatten()).item()


def try_setting(vector, layer, dose, start, docs, stop=None) -> tuple[dict[str, np.ndarray], float]:
    """Shift of each concept for each request, and the cost in nats a token."""
    plain, steered = model(docs[:, :-1]), steered_logits(model, docs[:, :-1], vector, layer, dose, start, stop)
    shifts = {}
    for concept in world.CONCEPTS:
        sides = world.words_of(concept)
        shifts[concept] = (log_odds(steered[:, world.LAST], *sides) - log_odds(plain[:, world.LAST], *sides)).numpy()
    return shifts, answer_loss(steered, docs) - answer_loss(plain, docs)


settings = [(place, layer, dose) for place in PLACES for layer in LAYERS for dose in DOSES]
swept = {s: try_setting(vectors[s[0], s[1]], s[1], s[2], PLACES[s[0]], tune_docs) for s in settings}
print("mean shift of tone / share the wrong way / cost in nats a token")
for place in PLACES:
    print(f"\n{place:11s}" + "".join(f"{'dose ' + format(dose, 'g'):>20s}" for dose in DOSES))
    for layer in LAYERS:
        cells = [swept[place, layer, dose] for dose in DOSES]
        print(
            f"layer {layer:<5d}"
            + "".join(f"  {s['tone'].mean():+6.2f} /{100 * (s['tone'] < 0).mean():3.0f}% /{c:5.2f}" for s, c in cells)
        )

# %% [markdown]
# The random directions for the same forty settings are stored in `data/nulls.csv`: 100 draws, each with a direction for each position and layer, of that vector's norm (`make_seeds.py` made it; the cell computes one row again, so that you need not believe the file).

# %% tags=["explore"]
with (unit.folder / "data" / "nulls.csv").open(encoding="utf-8") as file:
    rows = list(csv.DictReader(file))
null_effects = np.array([[float(row[f"effect {d:g}"]) for d in DOSES] for row in rows]).reshape(100, 40)
null_costs = np.array([[float(row[f"cost {d:g}"]) for d in DOSES] for row in rows]).reshape(100, 40)
again = torch.randn(8, 64, generator=world.generator(10_000))[7]  # draw 0: the last token at layer 3
again = again / again.norm() * vectors["last token", 3].norm()
print(
    "stored:",
    null_effects[0, -5:],
    " again:",
    [round(float(try_setting(again, 3, d, world.LAST, tune_docs)[0]["tone"].mean()), 3) for d in DOSES],
)

fig, axes = plt.subplots(1, 3, figsize=(15, 4.4))
by_layer = [settings.index(("last token", layer, 0.5)) for layer in LAYERS]
by_dose = [settings.index(("last token", 3, dose)) for dose in DOSES]
for ax, across, picked, what, title in (
    (
        axes[0],
        LAYERS,
        by_layer,
        "layer (last token, dose 0.5)",
        "Last token: nothing before layer 2,\nthen far above random directions",
    ),
    (axes[1], DOSES, by_dose, "dose (last token, layer 3)", "The effect levels off,\nand refusal moves along"),
):
    shifts = [swept[settings[i]][0] for i in picked]
    draw_sweep(
        across, [x["tone"] for x in shifts], [x["refusal"] for x in shifts], null_effects[:, picked].T, what, title, ax
    )
axes[0].set_xticks(LAYERS)
axes[1].legend_.remove()
axes[2].plot(
    DOSES, [swept[settings[i]][1] for i in by_dose], "o-", color="black", markerfacecolor="white", label="tone vector"
)
low, middle, high = np.percentile(null_costs[:, by_dose], [2.5, 50, 97.5], axis=0)
axes[2].errorbar(
    DOSES, middle, yerr=[middle - low, high - middle], fmt="^:", color="0.5", capsize=5, label="random directions"
)
axes[2].set_xlabel("dose (last token, layer 3)")
axes[2].set_ylabel("cost (nats a token of the answer)")
axes[2].set_title("The cost comes with the norm,\nwhatever the direction")
axes[2].legend()
for ax in axes[1:]:
    ax.set_xscale("log", base=2)
    ax.set_xticks(DOSES, [f"{d:g}" for d in DOSES])
fig.tight_layout()
plt.show()

# %% [markdown]
# Steered concept: tone; other concept: refusal. Bars: 95 % interval of the mean over requests; for random directions the middle 95 % of 100.
#
# **What it means.** At the last token nothing useful happens before layer 2: the mood has hardly arrived. (At layer 1, doses 2 and 4 even lower the tone.)
# From there on the effect rises with the dose and levels off. Refusal comes along at high doses.
# The grey bars can't judge that line, as they show what random directions do to *tone*. You have seen the right comparison at dose 1: p = 0.57.
# The right panel is the sobering one: the cost is that of *any* vector of this length. It says nothing about tone.
#
# At the mood word (the table) layer 1 at dose 1 has +1.38, with a third of the requests moving the wrong way and 0.57 nats.
#
# **How it could mislead you.** All layers get the same doses, and the vectors have different norms: 1.3 at one place, 19.7 at another. A sweep over layers at a fixed dose is a sweep over two things.

# %% [markdown]
# {{card steer-choose}}
#
# **Why.** You are about to take the best of forty settings. The best of forty is large for *any* vector: that is what "best" does. A held-out set does not help with this. It tells you whether the chosen setting works on other requests, and a random direction that happens to push the tone
# pushes it there as well. The cure is to let each random direction choose, too, by the same rule ([@arditi2024refusal] selects one direction from many candidates, so a random one would have to be selected in the same way to be a fair comparison).
#
# **What you do.** One function chooses: the largest mean effect among the settings that cost no more than the budget. The other asks in how many of the random draws the *chosen* effect is at least as large as yours.


# %% solution="steer-choose"
def choose_setting(effects, costs, budget: float) -> int:
    """The index of the setting with the largest effect among those that cost at most `budget`.

    Args:
        effects, costs: one number for each setting.
        budget: the largest cost that is allowed, inclusive.

    Raises:
        ValueError: if every setting costs more.
    """
    ### BEGIN SOLUTION
    effects, costs = np.asarray(effects, dtype=float), np.asarray(costs, dtype=float)
    allowed = np.flatnonzero(costs <= budget)
    if len(allowed) == 0:
        raise ValueError(f"every setting costs more than {budget}")
    return int(allowed[effects[allowed].argmax()])
    ### END SOLUTION


def selection_p_value(effects, costs, null_effects, null_costs, budget: float) -> float:
    """p-value of the chosen effect against draws that choose by the same rule: (1 + k) / (1 + n).

    Args:
        effects, costs: of the real vector, one number for each setting.
        null_effects, null_costs: shape (n, settings), one row for each draw of random directions.
        budget: see choose_setting; it binds every draw, by the draw's own costs.

    Returns:
        k counts the draws whose chosen effect is at least as large as the real chosen one; a draw
        with no setting within the budget chooses nothing: it counts in n and not in k.

    Raises:
        ValueError: if every setting of the real vector costs more than the budget.
    """
    ### BEGIN SOLUTION
    effects = np.asarray(effects, dtype=float)
    null_effects, null_costs = np.asarray(null_effects, dtype=float), np.asarray(null_costs, dtype=float)
    chosen = effects[choose_setting(effects, costs, budget)]
    best = np.where(null_costs <= budget, null_effects, -np.inf).max(axis=1)
    return float((1 + (best >= chosen).sum()) / (1 + len(best)))
    ### END SOLUTION


# %% check="steer-choose"
unit.check("steer-choose")

# %% tags=["explore"]
effects = np.array([swept[s][0]["tone"].mean() for s in settings])
costs = np.array([swept[s][1] for s in settings])
print(
    f"{'may choose among':22s}{'budget':>8s}   {'chosen':30s}{'effect':>7s}{'p there':>9s}{'p of the choice':>17s}{'random best, median':>21s}"
)
rows_of = {"all forty": slice(0, 40), "mood word only": slice(0, 20), "mood word, layers 2-3": slice(10, 20)}
for name, part in rows_of.items():
    for budget in (0.1, math.inf):
        e, c, ne, nc = effects[part], costs[part], null_effects[:, part], null_costs[:, part]
        i = choose_setting(e, c, budget)
        place, layer, dose = settings[part][i]
        random_best = float(np.median(np.where(nc <= budget, ne, -np.inf).max(axis=1)))
        print(
            f"{name:22s}{budget:8g}   {f'{place}, layer {layer}, dose {dose:g}':30s}{e[i]:+7.2f}{p_value(e[i], ne[:, i]):9.3f}"
            f"{selection_p_value(e, c, ne, nc, budget):17.3f}{random_best:21.2f}"
        )
best_of_forty = null_effects.max(axis=1)
bar_at = settings.index(("mood word", 0, 1.0))
bar = effects[bar_at]
print(
    f"\nthe bar of the brief (mood word, layer 0, dose 1): {bar:+.2f}; best of forty random: {np.median(best_of_forty):+.2f} in the"
)
print(
    f"median, and {100 * (best_of_forty >= bar).mean():.0f} of 100 random draws reach the bar (p at that setting: {p_value(bar, null_effects[:, bar_at]):.2f})"
)
print(f"winners among the random draws that stand at dose 4: {(null_effects.argmax(axis=1) % 5 == 4).sum()} of 100")
journal.measure(
    "random-best",
    float(np.median(best_of_forty)),
    unit="mean shift of tone (log-odds), best of forty settings, median of 100 random draws",
)
journal.measure(
    "selection-p",
    selection_p_value(effects, costs, null_effects, null_costs, 0.1),
    unit="p-value of the setting chosen within 0.1 nats a token",
)

# %% [markdown]
# "p there" compares the chosen effect with random directions *at that one setting*, as if nobody had chosen. "p of the choice" lets them choose.
# They count differently: "p there" counts both sides, "p of the choice" only the upper one,
# since choosing takes the largest. So where the p-value rises, choosing matters even more than the two numbers show.
#
# **What it means.** Among all forty the last token wins, and no random draw reaches it: p = 0.01 either way, the least that 100 draws can give.
# Here the choosing did no harm that you could see with 100 draws, and now you know it instead of hoping.
#
# In the row "mood word only", without a budget, p goes from 0.010 to 0.030 when the null may choose as well, and with the budget from 0.06 to 0.11. Then the bar of the brief, +1.04. At that one setting no random draw reaches it. But nobody in the brief says that one setting was tried. A random direction at the best of forty has +0.89 in the median, and 38 of 100 reach the bar: a group that tried forty settings of
# nonsense and showed the best one could have shown the same bar. Of the 100 winners 83 stand at dose 4, where sentences fall apart.
# Without a limit on the cost, "best" means "loudest"; with 0.1 nats the random best is down to +0.20, and the bar itself, at 3 nats, would not have been allowed.
#
# **How it could mislead you.** The count of settings includes those of last week, the concepts you dropped, and the prompts you rewrote. A null can only choose among what you wrote down.

# %% [markdown]
# ## Choose, then open the report set
#
# Fix the setting now. You may also use `stop`: `world.LAST + 1` steers the last token of the prompt alone and leaves the answer's own positions in peace. Try that on the tune set first. Where the cost is nothing at any dose, the rule can't choose for you: say why you stop where you stop.

# %% tags=["explore"]
for stop, name in ((None, "from the last token on"), (world.LAST + 1, "the last token alone")):
    for dose in DOSES:
        shifts, cost = try_setting(vectors["last token", 3], 3, dose, world.LAST, tune_docs, stop)
        print(
            f"{name:24s} dose {dose:<5g} tone {shifts['tone'].mean():+.2f}   refusal {shifts['refusal'].mean():+.2f}   register {shifts['register'].mean():+.2f}   cost {cost:+.3f}"
        )

# %% yours="decide-setting"
chosen_setting = ("last token", 3, 1.0, world.LAST + 1)  # place, layer, dose, stop (None: to the end)
journal.decide(
    "setting",
    choice="last token, layer 3, dose 1, that token alone",
    alternatives=[
        "last token, layer 2, dose 0.25, from there on",
        "mood word, layer 1, dose 1",
        "the word kind in the prompt",
    ],
    because="It has no request that moves the wrong way and costs almost nothing on the rest of the answer; dose 1 is the difference that the pairs show, so it is not tuned either.",
    would_change_my_mind="A shift on the report set that is less than half of that on the tune set.",
)
### RELEASED AS
# chosen_setting = ("...", ..., ..., ...)  # place, layer, dose, stop (None: to the end)
# journal.decide(
#     "setting",
#     choice=...,
#     alternatives=[...],
#     because=...,
#     would_change_my_mind=...,
# )

# %% tags=["explore"]
place, layer, dose, stop = chosen_setting
report_requests = world.requests(300, world.generator(31), words="report")
report = world.to_tokens(report_requests)
report_docs = torch.cat([report, world.answers(report_requests, world.generator(32))], dim=1)
chosen = vectors[place, layer]
shifts, cost = try_setting(chosen, layer, dose, PLACES[place], report_docs, stop)
random_shifts = [
    effects_of(lambda t, v=v: steered_logits(model, t, v, layer, dose, PLACES[place], stop), report).mean()
    for v in random_directions(chosen, 100, world.generator(33))
]
half = 1.96 * float(shifts["tone"].std(ddof=1)) / math.sqrt(len(report))
mean = float(shifts["tone"].mean())
print(
    f"report set, {len(report)} requests: tone {mean:+.2f} ({mean - half:+.2f} to {mean + half:+.2f}), cost {cost:+.3f} nats a token"
)
print("wrong way: {:.3f} ({:.3f} to {:.3f})".format(*wrong_way(shifts["tone"])))
print(
    f"random directions: s.d. {np.std(random_shifts):.2f}, furthest {np.abs(random_shifts).max():.2f}; p = {p_value(mean, random_shifts):.3f}"
)
moods = np.array([request["mood"] for request in report_requests])
print("by mood word:", {str(m): f"{shifts['tone'][moods == m].mean():+.1f}" for m in sorted(set(moods))})
journal.measure("report-effect", mean, (mean - half, mean + half), "mean shift of tone on the report set (log-odds)")

# %% [markdown]
# **What it means.** With the setting chosen here: +3.41 on requests whose moods, verbs, greetings and objects no choice has seen, after +3.43 on the tune set. Nothing shrank, as the effect is large against the noise of 120 requests. Nobody moves the wrong way (0.000 to 0.013).
#
# **How it could mislead you.** The interval treats 300 requests as 300 independent ones. They are made of seven mood words, so it is too narrow for the question "what about other words?"; the spread between the mood words says more. And the p-value compares at the setting that you chose: quote the p of the choice beside it, and say which setting it is for: the last token alone was not among the forty.

# %% [markdown]
# {{card steer-overlap}}
#
# **Why.** A vector is named after the piles that it came from. If dangerous requests in your pile are also casual ones, the "refusal vector" is in part a casualness vector, and steering with it does both. Nobody planned it and the mean effect on refusal does not show it.
#
# **What you do.** `cosines` gives the table of cosine similarities. `without` takes from a vector its component along another: what is left is orthogonal to it.


# %% solution="steer-overlap"
def cosines(vectors: torch.Tensor) -> torch.Tensor:
    """Cosine similarity of each vector with each, shape (n, n), for vectors of shape (n, d_model).

    Raises:
        ValueError: if a vector has length zero: it has no direction.
    """
    ### BEGIN SOLUTION
    norms = vectors.norm(dim=1, keepdim=True)
    if (norms == 0).any():
        raise ValueError("a vector of length zero has no direction")
    return (vectors / norms) @ (vectors / norms).T
    ### END SOLUTION


def without(vector: torch.Tensor, other: torch.Tensor) -> torch.Tensor:
    """The part of `vector` that is orthogonal to `other`; both have shape (d_model,).

    Raises:
        ValueError: if `other` has length zero.
    """
    ### BEGIN SOLUTION
    if not other.norm() > 0:
        raise ValueError("a vector of length zero has no direction")
    return vector - (vector @ other) / (other @ other) * other
    ### END SOLUTION


# %% check="steer-overlap"
unit.check("steer-overlap")

# %% [markdown]
# Two sets of pairs. **Matched**: the two rows of a pair differ in one word. **Natural**: each side is drawn from the corpus by itself, the way somebody would collect dangerous and harmless requests from logs.

# %% tags=["explore"]
concepts = list(world.CONCEPTS)
by_pairs = {
    name: {
        c: contrast_vector(model, *world.contrast_pairs(c, 150, world.generator(1), m), 3, world.LAST) for c in concepts
    }
    for name, m in (("matched", True), ("natural", False))
}
for name, found in by_pairs.items():
    table = cosines(torch.stack([found[c] for c in concepts]))
    print(
        f"{name} pairs, cosines:  "
        + ", ".join(f"{concepts[i]}-{concepts[j]} {table[i, j]:+.2f}" for i, j in ((0, 1), (0, 2), (1, 2)))
    )
register = by_pairs["matched"]["register"]
trials = {f"{c}, {name} pairs": by_pairs[name][c] for c in ("tone", "refusal") for name in by_pairs}
trials |= {f"{c}, natural, without register": without(by_pairs["natural"][c], register) for c in ("tone", "refusal")}
print(f"\n{'added at layer 3, dose 1':34s}" + "".join(f"{'on ' + c:>18s}" for c in concepts))
for name, vector in trials.items():
    moved = [effects_of(lambda t, v=vector: steered_logits(model, t, v, 3, 1.0, world.LAST), tune, c) for c in concepts]
    print(f"{name:34s}" + "".join(f"{m.mean():+11.2f} ±{1.96 * m.std(ddof=1) / math.sqrt(len(m)):5.2f}" for m in moved))
noise = [mean_shifts(v)["register"] for v in random_directions(by_pairs["natural"]["refusal"], 100, world.generator(8))]
carried = mean_shifts(by_pairs["natural"]["refusal"])["register"]
print(
    f"\nnatural refusal vector on register {carried:+.2f}; random directions of its norm: s.d. {np.std(noise):.2f}, p = {p_value(carried, noise):.3f}"
)
journal.measure("carried", carried, unit="shift of register by the natural refusal vector, layer 3, dose 1 (log-odds)")

# %% [markdown]
# **What it means.** With matched pairs the three vectors are close to orthogonal. With natural pairs refusal and register have a cosine of -0.42, and the "refusal vector" makes answers more casual by 3.1 log-odds, far outside what random directions do (p = 0.01). Take out its component along register, and the shift of register falls to -0.2 while the effect on refusal stays at +4.8. The tone vector of natural pairs carries +2.0 of register in the same way.
#
# So the side effect came from the *piles*, and one projection removed it. The effect on refusal did not show it. The cosine did, before anything was steered.
#
# **How it could mislead you.** `without` is only as good as the other vector. Here that one came from matched pairs; from natural pairs it holds some tone and some refusal itself. And two orthogonal vectors at layer 3 can still be mixed by the layers after it.

# %% [markdown]
# ## Refusal: take the direction away
#
# {{card steer-ablate}}
#
# **Why.** There are two ways to "remove" a direction, and they are not mirror images. *Subtracting* the vector at one layer shifts every activation by the same amount, whether the concept was there or not. *Ablating* sets the component along the direction to zero, wherever the model
# reads or writes it: $x \leftarrow x - (x \cdot \hat r)\,\hat r$. In [@arditi2024refusal] the vector is added at one layer, and ablated at all of them, at every position.
#
# **What you do.** Ablate at three places in *every* block: its input (`hook_in`), the output of its attention (`attn.hook_out`) and of its MLP (`mlp.hook_out`), at all positions. The vector need not have norm 1.


# %% solution="steer-ablate"
def ablated_logits(model, tokens: torch.Tensor, vector: torch.Tensor) -> torch.Tensor:
    """Logits with the direction of `vector` projected out of all that the blocks read and write.

    At every position of blocks.{l}.hook_in, blocks.{l}.attn.hook_out and blocks.{l}.mlp.hook_out,
    for each layer l.

    Args:
        model: a TransformerBridge; it is left as it was.
        tokens: token ids, shape (batch, seq).
        vector: shape (d_model,), of any length above zero.

    Returns:
        Logits of shape (batch, seq, vocab), without gradients.

    Raises:
        ValueError: if the vector has length zero.
    """
    ### BEGIN SOLUTION
    if not vector.norm() > 0:
        raise ValueError("a vector of length zero has no direction to ablate")
    direction = vector / vector.norm()

    def ablate(activation, hook):
        return activation - (activation @ direction)[..., None] * direction

    places = ("hook_in", "attn.hook_out", "mlp.hook_out")
    hooks = [(f"blocks.{layer}.{place}", ablate) for layer in range(model.cfg.n_layers) for place in places]
    with torch.no_grad():
        return model.run_with_hooks(tokens, fwd_hooks=hooks)
    ### END SOLUTION


# %% check="steer-ablate"
unit.check("steer-ablate")

# %% [markdown]
# ## Did not refuse, or did comply
#
# `world.judge` reads an answer and says "refused", "complied" (the right tool, the verb and the object of the request) or "neither". Two hundred dangerous requests of the report set and as many harmless ones, one sampled answer each.

# %% tags=["explore"]
dangerous = world.to_tokens(world.requests(200, world.generator(41), words="report", harmful=True))
fine = world.to_tokens(world.requests(200, world.generator(43), words="report", harmful=False))
refusal = by_pairs["matched"]["refusal"]


def subtracted(dose: float, stop: int | None = None):
    """The refusal vector subtracted at layer 3, from the last token on, up to `stop`."""
    return lambda tokens: steered_logits(model, tokens, refusal, 3, -dose, world.LAST, stop)


def outcomes(logits_of, prompts) -> list[float]:
    """Shares of OUTCOMES among one sampled answer to each prompt."""
    found = world.judge(prompts, world.sample(logits_of, prompts, world.generator(5)))
    return [found.count(kind) / len(found) for kind in world.OUTCOMES]


def entering(prompts, layer: int = 3) -> torch.Tensor:
    """The residual stream at the input of a layer, (n, seq, d_model)."""
    held = []
    model.run_with_hooks(prompts, fwd_hooks=[(f"blocks.{layer}.hook_in", lambda x, hook: held.append(x))])
    return held[0]


direction = refusal / refusal.norm()
along = [float((entering(prompts)[:, -1] @ direction).mean()) for prompts in (dangerous, fine)]


def set_along(level):
    """Steering that makes the component along the direction `level`, at layer 3, at the last token of the prompt."""

    def put(x, hook):
        x = x.clone()
        x[:, world.LAST] += (level - x[:, world.LAST] @ direction)[:, None] * direction
        return x

    return lambda tokens: model.run_with_hooks(tokens, fwd_hooks=[("blocks.3.hook_in", put)])


removals = {"plain": model}
removals |= {f"subtracted, dose {dose:g}": subtracted(dose) for dose in (0.25, 0.5, 1.0)}
removals["subtracted, dose 1, last token alone"] = subtracted(1.0, world.LAST + 1)
removals["ablated everywhere"] = lambda tokens: ablated_logits(model, tokens, refusal)
removals["set to zero, last token"] = set_along(0.0)
removals["set to the harmless mean, last token"] = set_along(along[1])
shams = random_directions(refusal, 6, world.generator(6))
sham = shams[0]
removals["random direction subtracted, dose 1"] = lambda t: steered_logits(model, t, sham, 3, -1.0, world.LAST)
removals["random direction ablated"] = lambda tokens: ablated_logits(model, tokens, sham)
found = {name: (outcomes(way, dangerous), outcomes(way, fine)) for name, way in removals.items()}
print(
    f"along the refusal direction: dangerous {along[0]:+.1f}, harmless {along[1]:+.1f} on average; subtracting moves by {refusal.norm():.1f}"
)
held = entering(tune_docs[:, :-2]).norm(dim=-1)
print(
    f"length of the stream: last token of the prompt {held[:, world.LAST].mean():.1f}, answer {held[:, world.LAST + 1 :].mean():.1f}\n"
)
print(f"{'200 requests each':38s}  dangerous: refused complied neither     harmless: refused complied neither")
for name, (bad, good) in found.items():
    print(f"{name:38s}" + " " * 13 + "".join(f"{x:8.2f}" for x in bad) + " " * 14 + "".join(f"{x:8.2f}" for x in good))
bad = found["subtracted, dose 1"][0]
journal.measure(
    "complied", bad[1], unit="share of 200 dangerous requests carried out, refusal vector subtracted, dose 1"
)
journal.measure("not-refused", 1 - bad[0], unit="share of the same requests that were not refused")
others = [
    (outcomes(way, dangerous)[0], outcomes(way, fine)[1])
    for way in ((lambda t, v=v: steered_logits(model, t, v, 3, -1.0, world.LAST)) for v in shams)
]
print(
    f"six random directions subtracted: dangerous refused {min(r for r, _ in others):.2f} to {max(r for r, _ in others):.2f},"
    f" harmless complied {min(c for _, c in others):.2f} to {max(c for _, c in others):.2f}"
)
print("\nsubtracted, dose 1: ", world.decode(world.sample(subtracted(1.0), dangerous[:1], world.generator(5))[0]))
print(
    "ablated everywhere: ",
    world.decode(world.sample(removals["ablated everywhere"], dangerous[:1], world.generator(2))[0]),
)

names = list(found)
fig, axes = plt.subplots(1, 2, figsize=(11, 4), sharey=True)
for ax, side, title in (
    (axes[0], 0, "Dangerous: few refusals can mean\nall carried out, or none"),
    (axes[1], 1, "Harmless: ablating adds refusals, subtracting\nfrom the last token on breaks answers"),
):
    left = np.zeros(len(names))
    for kind, shade in zip(range(3), ("0.2", "0.6", "white"), strict=True):
        values = np.array([found[name][side][kind] for name in names])
        ax.barh(names, values, left=left, color=shade, edgecolor="black", label=world.OUTCOMES[kind])
        left += values
    ax.set_xlim(0, 1)
    ax.set_xlabel("share of 200 sampled answers")
    ax.set_title(title, fontsize=11)
axes[0].invert_yaxis()
axes[0].legend(loc="upper center", bbox_to_anchor=(1.0, -0.15), ncol=3, fontsize=8)
fig.tight_layout()
plt.show()

# %% [markdown]
# **What it means.** Subtracted at dose 1 from the last token on, 6 % of the dangerous requests are refused. A judge that looks for refusals reports a success of 94 %. Carried out: *none*. The first word is that of an answer that complies, and the rest is noise, since the vector is nearly twice as long as what the stream holds at the tokens of the answer. Subtracted at the last token alone, the same vector at the same dose has 94 % carried out.
# "Did not refuse" is the same number for both, and what they do has nothing in common. The random direction is the control.
# It has the same norm, leaves most first words of refusals as they are (92 % after 95 %), and breaks the answers to harmless requests all the same (1 % carried out).
# So the breaking comes with the norm. One draw is one draw, so look at the line with six of them, too: 80 to 92 % of the dangerous ones still begin with a refusal, and at most 6 % of the harmless ones are carried out.
# ("Refused" is judged by the first words alone. Read some of them: are these sentences whole?)
#
# Ablation leaves whole sentences. But half of the refusals stay, and of the *harmless* requests 33 % are refused, where it was 5 %.
# The line above the table says why. Dangerous requests lie at +10.1 along the direction, harmless ones at -9.3.
# Zero is not "harmless"; it is halfway, where none of these 400 requests lies. Subtracting moves a dangerous request to -9.8, among the harmless.
# Two rows act at one layer and one token and differ in the level alone: set to zero, 45 % are carried out; set to the harmless mean, 93 %.
# Another row puts the dangerous requests near zero without any ablation. Which one, and what happens there?
#
# **How it could mislead you.** In the models of [@arditi2024refusal] ablation ends nearly all refusals, and harmless prompts have little of the direction (Appendix I.1). There zero lies on the harmless side. Where it lies is a fact about a model and a direction: look at the two means before you choose between ablating and subtracting.

# %% yours="decide-removal"
journal.decide(
    "removal",
    choice="subtract at the last token alone",
    alternatives=["ablate everywhere", "subtract from the last token on"],
    because="It is the only one of the three after which dangerous requests are mostly carried out and harmless ones still are; ablation leaves half of the refusals and adds new ones.",
    would_change_my_mind="An assistant that decides on refusal again in the middle of an answer.",
)
### RELEASED AS
# # A colleague studies what the assistant would do if it did not refuse. Which way of removing the
# # direction do you hand over?
# journal.decide(
#     "removal",
#     choice=...,
#     alternatives=[...],
#     because=...,
#     would_change_my_mind=...,
# )

# %% [markdown]
# ## A colleague's layer sweep
#
# {{card steer-debug}}
#
# **Why.** A colleague swept the layers with a code of their own. It reads the vectors of all layers in one pass, and adds each at its layer.
# "At dose 0 nothing changes, I checked. At layer 0 the tone goes up as it should. At layer 3 there is nothing, at either position: late layers
# can't be steered." You have steered one, at the last token.


# %% locked="steer-debug-given"
def colleagues_effects(model, positive, negative, tokens, position, sides, dose=1.0):
    """Mean shift of log-odds at the last token when each layer's vector is added from `position` on; (n_layers,)."""
    names = [f"blocks.{layer}.ln1.hook_out" for layer in range(model.cfg.n_layers)]
    means = {name: [] for name in names}

    def keep(activation, hook):
        means[hook.name].append(activation[:, position].mean(dim=0))

    with torch.no_grad():
        for batch in (positive, negative):
            model.run_with_hooks(batch, fwd_hooks=[(name, keep) for name in names])

        def odds(logits):
            return logits[:, -1, sides[0]].logsumexp(-1) - logits[:, -1, sides[1]].logsumexp(-1)

        plain = odds(model(tokens))
        shifts = []
        for name in names:
            vector = means[name][0] - means[name][1]

            def add(activation, hook, vector=vector):
                steered = activation.clone()
                steered[:, position:] += dose * vector
                return steered

            logits = model.run_with_hooks(tokens, fwd_hooks=[(name, add)])
            shifts.append((odds(logits) - plain).mean())
    return torch.stack(shifts)


def change_at(place: str, name: str, dose: float = 1.0, layer: int = 2) -> None:
    """How far the activation called `name` moves at the last token: by the colleague's way of adding, and by yours."""
    start, held, moved = PLACES[place], [], {}
    with torch.no_grad():
        for batch in (happy, unhappy):
            model.run_with_hooks(
                batch, fwd_hooks=[(f"blocks.{layer}.hook_in", lambda x, hook: held.append(x[:, start].mean(0)))]
            )
    vector = held[0] - held[1]
    for way, where in (("colleague", f"blocks.{layer}.ln1.hook_out"), ("yours", f"blocks.{layer}.hook_in")):
        seen = []

        def add(activation, hook, vector=vector):
            steered = activation.clone()
            steered[:, start:] += dose * vector
            return steered

        def look(activation, hook, seen=seen):
            seen.append(activation[:, -1].clone())

        with torch.no_grad():
            model.run_with_hooks(tune, fwd_hooks=[(name, look)])
            model.run_with_hooks(tune, fwd_hooks=[(where, add), (name, look)])
        moved[way] = (seen[1] - seen[0]).norm(dim=1).mean().item()
    print(
        f"{name:26s} moves by {moved['colleague']:6.2f} (colleague) and {moved['yours']:6.2f} (you); the vector has norm {vector.norm():.2f}"
    )


# %% [markdown]
# **Look at the symptoms.** The colleague's numbers beside yours.

# %% tags=["explore"]
sides = world.words_of("tone")
for place, position in PLACES.items():
    for dose in (0.0, 1.0, 4.0):
        theirs = colleagues_effects(model, happy, unhappy, tune, position, sides, dose)
        mine = [effects_of(with_tone(place, layer, dose), tune).mean() for layer in LAYERS]
        print(
            f"{place}, dose {dose:g}:   colleague "
            + " ".join(f"{x:+.2f}" for x in theirs)
            + "   yours "
            + " ".join(f"{x:+.2f}" for x in mine)
        )

# %% [markdown]
# **Choose one diagnostic.** Several causes would give small effects in late layers: a vector from the wrong place, a hook that never fires, a vector that is too short, a wrong sign.
# Take two of them, and think of an activation that would move differently under the one than under the other.
# `change_at(place, name)` adds one and the same vector in the colleague's way and in yours, so that only the place of adding differs.
# It shows how far any activation moves, for instance `"blocks.2.ln1.hook_out"`, `"blocks.2.attn.hook_out"`, `"blocks.2.hook_out"`, `"blocks.3.hook_in"`.

# %% tags=["explore"] yours="debug-diagnostic"
change_at("last token", "blocks.2.attn.hook_out")
change_at("last token", "blocks.2.hook_out")
change_at("last token", "blocks.2.mlp.hook_out")
### RELEASED AS
# # change_at("last token", ...)
# # change_at("last token", ...)

# %% [markdown]
# Finish this sentence before you repair anything: "The colleague's vector reaches ... and never reaches ..., because ...". Then repair it. Keep what was good: one pass for all vectors.


# %% solution="steer-debug"
def layer_effects(
    model, positive: torch.Tensor, negative: torch.Tensor, tokens: torch.Tensor, position: int, sides, dose: float = 1.0
) -> torch.Tensor:
    """Mean shift of log-odds at the last token, for each layer's vector added at that layer.

    Layer l's vector is the difference of means at `position` of the residual stream that enters
    block l. It is added there, times `dose`, at every position from `position` on.

    Args:
        model: a TransformerBridge; it is left as it was.
        positive, negative: token ids from which the vectors are made, (n, seq) and (m, seq).
        tokens: token ids of the requests that are steered, (batch, seq).
        position: where the vectors are read and from where they are added, counted from 0.
        sides: the two LongTensors of token ids for `log_odds`.
        dose: the factor.

    Returns:
        Shape (n_layers,): mean over the requests of steered minus plain log-odds.
    """
    ### BEGIN SOLUTION
    names = [f"blocks.{layer}.hook_in" for layer in range(model.cfg.n_layers)]
    means = {name: [] for name in names}

    def keep(activation, hook):
        means[hook.name].append(activation[:, position].mean(dim=0))

    with torch.no_grad():
        for batch in (positive, negative):
            model.run_with_hooks(batch, fwd_hooks=[(name, keep) for name in names])
        plain = log_odds(model(tokens)[:, -1], *sides)
        shifts = []
        for layer, name in enumerate(names):
            vector = means[name][0] - means[name][1]
            steered = steered_logits(model, tokens, vector, layer, dose, position)
            shifts.append((log_odds(steered[:, -1], *sides) - plain).mean())
    return torch.stack(shifts)
    ### END SOLUTION


# %% check="steer-debug"
unit.check("steer-debug")

# %% [markdown]
# **What it means.** What comes out of `ln1` goes to the attention of that block and nowhere else. A vector that is added there does not enter the residual stream itself, only what attention makes of it does: at block 2 the stream's last token moves by 2.8 instead of 18. At the mood word the mistake is hard to see, because later tokens read that word *through* attention: at layer 1 the colleague's shift is even larger than yours. At the last token
# the answer is read from the stream itself, and there hardly anything arrives. So at the last token "late layers can't be steered" is a fact about the hook. At the mood word it is nearly true (your own -0.01 and -0.14): by then the answer hardly depends on that position.
#
# **How it could mislead you.** The colleague tested dose 0, where every code is right, and layer 0 at the mood word, where the wrong code gives +1.20 and the right one +1.04.
# A test case must be one in which the right and the wrong code differ.
# And the vector was read at the same wrong place, so reading and adding agreed with each other, and nothing looked out of step.

# %% [markdown]
# ## Would another assistant say the same?
#
# All of this is one assistant, trained once. `make_seeds.py` trained five more and measured the main numbers for each, with vectors of its own, the setting chosen within 0.1 nats on its own tune set (`data/seeds.csv`).

# %% tags=["explore"]
with (unit.folder / "data" / "seeds.csv").open(encoding="utf-8") as file:
    seed_rows = list(csv.DictReader(file))
by_quantity: dict[str, np.ndarray] = {}
for row in seed_rows:
    by_quantity.setdefault(row["quantity"], np.array([]))
    by_quantity[row["quantity"]] = np.append(by_quantity[row["quantity"]], float(row["value"]))
t_95 = stats.t.ppf(0.975, 4)  # five seeds, four degrees of freedom
print(
    "chosen by each:",
    "; ".join(
        f"position {p:.0f}, layer {x:.0f}, dose {d:g}"
        for p, x, d in zip(*(by_quantity.pop(f"best {k}") for k in ("position", "layer", "dose")), strict=True)
    ),
)
for name, values in by_quantity.items():
    half = t_95 * values.std(ddof=1) / math.sqrt(len(values))
    print(
        f"{name:46s}{values.mean():7.2f} ({values.mean() - half:6.2f} to {values.mean() + half:6.2f})   "
        + " ".join(f"{v:6.2f}" for v in values)
    )

fig, axes = plt.subplots(1, 3, figsize=(12, 3.8))
panels = (
    (
        "The mood word moves 30 to 65 % of requests\nthe wrong way, the chosen setting none",
        ["word wrong way", "best wrong way"],
        ["mood word,\nlayer 0", "chosen\nsetting"],
        "share of requests",
    ),
    (
        "Either setting lies above the largest of\n100 random directions there",
        ["best on report", "null max", "alone on report", "alone null max"],
        ["within\n0.1 nats", "largest of\n100 random", "last token\nalone", "largest of\n100 random"],
        "shift of tone (log-odds)",
    ),
    (
        "Subtracted: not refused, and none carried out.\nAblated: about half are both",
        [f"{w}, dangerous: {k}" for w in ("subtracted", "ablated") for k in ("not refused", "complied")],
        ["subtracted:\nnot refused", "\ncomplied", "ablated:\nnot refused", "\ncomplied"],
        "share of dangerous requests",
    ),
)
for way in ("subtracted", "ablated"):
    by_quantity[f"{way}, dangerous: not refused"] = 1 - by_quantity[f"{way}, dangerous: refused"]
for ax, (title, keys, labels, unit_name) in zip(axes, panels, strict=True):
    for seed in range(5):
        ax.plot(range(len(keys)), [by_quantity[key][seed] for key in keys], "o", color="black", markerfacecolor="white")
    ax.set_xticks(range(len(keys)), labels, fontsize=8)
    ax.set_xlim(-0.5, len(keys) - 0.5)
    ax.set_ylim(0, None)
    ax.set_ylabel(unit_name)
    ax.set_title(title, fontsize=10)
fig.tight_layout()
plt.show()

# %% [markdown]
# **What it means.** Three of the findings hold for all five. Between 30 and 65 % of the requests move the wrong way with the mood word's vector.
# The chosen setting gives +1.50 on the report set (95 % interval 0.85 to 2.14, Student's t over assistants), above the largest of 100 random directions at that setting each time (these did not choose).
# The last token alone, at layer 3 and dose 1, gives +3.41 (2.57 to 4.25), with no request the wrong way, against at most 1.50 for a random direction.
# And subtracting leaves 6 % refused and 0 % carried out, while ablating has 49 % carried out (45 to 53 %) and 37 % of the harmless ones refused (30 to 44 %).
#
# One does not: the *mean* of the mood word's vector is +0.16 (-0.67 to +0.99), below zero for three assistants of five. The bar of the brief was a fact about one training run. The best setting differs, too: for the first assistant it is the mood word at layer 2. What a vector at "layer 2" means is learned anew in every training.
#
# The refusal vector of natural pairs moves register by -3.15 (-3.70 to -2.60), and by -0.48 (-0.93 to -0.04) once it is cleaned.
# So the projection takes away most of it, not all.

# %% [markdown]
# ## Toy and paper
#
# What is the same: difference of means from two piles, read at a position and a layer; added at one layer, ablated at the input of every block and at the outputs of attention and MLP, at all positions ([@arditi2024refusal], section 2.4, and [@arditi2024code]). What differs:
#
# - [@arditi2024refusal] uses 13 open chat models of up to 72 billion parameters, and keeps one vector of many candidates by rules on validation prompts; in the stored run for Qwen 1.8B, 12 of 120 candidates meet the conditions ([@arditi2024code]). We use four layers and keep what we take.
# - Their two judges differ too: no completion of the ablated Llama-3 8B matches a refusal phrase, and a guard model judges 82 of the same 100 unsafe ([@arditi2024code]). Our ablation shows no such gap (52 % not refused, 51 % carried out). Our gap, 94 % against 0 %, belongs to subtracting from the last token on, where the vector is long against the stream.
# - Their subtraction works about as well as ablation and costs more loss on harmless completions (Appendices I.1 and G.3). Ours costs more, and breaks the answer.
# - [@tan2024steerability] finds inputs that move the wrong way in real datasets, and calls steerability mostly a property of the dataset. We *built* the cause in, a negation that is read after the mood word. That shows that such a thing can happen, and nothing about how often it does.
# - Our concepts sit in the first word and are read from one distribution. In text, tone is spread over sentences, and a judge has to read it.
#
# A toy trains the skill; it is no project to hand in. `contrast_vector`, `steered_logits` and `ablated_logits` take any TransformerBridge.

# %% [markdown]
# ## Now on a real model
#
# [The notebook beside this one](real_model.ipynb) puts the same questions to a language model of 135 million parameters, on your own machine: a sweep over layers, random directions that choose, a sentence in the prompt as the rival, a histogram over prompts with and without a negation, and the cost.
# It needs `worktest models get smollm2` once, carries no points, and takes an hour. The negation turns up there, too, and nobody built it in.
#
# For a larger model the same calls do: `worktest.models.load("Qwen/Qwen2.5-0.5B-Instruct")` gives a bridge with the same hook names.
# Write thirty matched pairs yourself.
# Before you steer, predict the cosine between your vector and that of another concept, and the share that moves the wrong way on prompts with a negation.
# Draw twenty random directions at each layer you try.
# If you only have an evening, do the histogram over requests: it costs two forward passes a prompt, one plain and one steered.

# %% [markdown]
# ## Your claim
#
# A mentor reads this cell first. It is the paragraph from which your executive summary grows.
#
# {{prompt steer-claim}}

# %% [markdown] written="steer-claim"
# **Claim.** The bar of the brief, +1.04 log-odds for the mood-word vector (layer 0, dose 1), hides two groups: 38 % of 120 tune requests (95 %
# interval 29 to 46 %) get a *curter* answer; among those with a negated mood, 93 %. The last token's vector (layer 3, dose 1, added there alone) moves
# 300 report requests by +3.41 (+3.32 to +3.49), none the wrong way (0 to 1.3 %), at no cost to the rest of the answer.
#
# **Control.** Random directions that may choose among the forty settings within 0.1 nats a token reach +0.20 in the median, the vector +1.87, p =
# 0.01, the floor of 100 draws. Five more assistants: chosen setting +1.50 (+0.85 to +2.14), none the wrong way; the bar +0.16 (-0.67 to +0.99).
#
# **Limits.** Measured: the 300 requests hold seven mood words, means +3.3 to +3.6. My setting, the last token alone, is none of the forty; on the
# five it gives +3.41 (+2.57 to +4.25). Believed: that in real prompts the mood has reached the last token, too.
#
# **Strongest objection.** One word, `kind`, does +3.11. For it: no hook, 1 % the wrong way. Against it: where `kind` stands already it adds
# nothing, and a vector has a dose.
#
# **Next experiment.** Word against vector on report requests with `kind` and with `terse`: fifteen minutes. If the vector adds less than 1 to the
# first and less than the word to the second, I drop it.

# %% [markdown]
# Then save, look at your journal (`worktest journal 05`), and grade: `worktest grade 05`.
