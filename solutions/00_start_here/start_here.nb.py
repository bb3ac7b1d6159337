# %% [markdown]
# # Start here
#
# This notebook takes about 25 minutes, ten of them at the keyboard. At its end you have been through the whole loop
# once: read a task, predict, write a function, see it checked, get it graded.
#
# You need Python and a little PyTorch. You do not need a GPU, a network, or an account anywhere.

# %% [markdown]
# ## What programs ask for, and how you rehearse it here
#
# Programs such as MATS, SPAR and MARS let you do AI-safety research with a mentor. They differ in detail: one
# selects by stream, with coding tests, work tests, writing reviews or interviews depending on the mentor
# ([@mats2026]); in another the mentors pick from a table of applicants and may call an interview at any time
# ([@spar]); in a third a mentor may ask own questions, set a coding test, or both ([@mars]). Look at the program's page
# before you rely on any of this: rounds change.
#
# Four things come back, in one form or another:
#
# | Stage | What is asked of you | What you do here |
# |---|---|---|
# | Application and reading | Read the mentor's papers, answer the mentor's questions | Read for the nuances that summaries lose |
# | Work test | Build a small version of the mentor's project, or reason about a result | Build it; checks tell you what breaks |
# | Interview | Walk the mentor through your work, defend each decision | Write down decisions as you make them, with reasons |
# | Carrying on alone | Often the answer is no. The work stays yours | Grow the work test into a question of your own |
#
# Each stage teaches you something whether or not you get the place. That is the reason to do them yourself.

# %% [markdown]
# ## How a unit works
#
# - **Run a cell** with Shift+Enter. Run the cells in order.
# - **Write** only where it says `# Your code here`; delete the line `raise NotImplementedError()` below it.
#   Cells that are given come back unchanged when you are graded, so changing them does no harm and no good.
# - **Check** by running the line `unit.check(...)` below your code. It runs the *visible* checks at once and says what
#   broke, in words. You may run it as often as you like.
# - **Hints**: in a terminal, `worktest hint 00 start-residual-norms`. There are three for each exercise, each a bigger push.
# - **Grade** in a terminal with `worktest grade 00`. More checks run then, with fresh random inputs. They are held back
#   for one reason: a function that is right only for the inputs you can see is not right.
#
# Run the next cell to open this unit. The first import takes a few seconds.

# %% locked="start-setup"
import matplotlib.pyplot as plt
import torch

import worktest

unit = worktest.open_unit()
world = unit.world
model = world.tiny_model(seed=0)
print(f"a transformer with {model.cfg.n_layers} blocks, width {model.cfg.d_model}, {model.cfg.d_vocab} tokens")

# %% [markdown]
# ## Predict first
#
# A transformer keeps one vector for each position, the **residual stream**. Each block reads it and *adds* something
# to it; nothing is ever overwritten. `model` has four blocks and random, untrained weights.
#
# Before you run anything: as you go from the first block to the last, does the length (the L2 norm) of these
# vectors grow, shrink, or stay about the same? Put your guess into the next cell, with the ratio of the
# last norm to the first. It is not graded. Guessing first is how you find out that you were surprised.

# %%
my_guess = "grow"  # "grow", "shrink" or "same"
my_ratio = 2.0  # norm after the last block / norm after the first

# %% [markdown]
# {{card start-residual-norms}}
#
# Let $x^{(l)}_{b,p}$ be the residual stream after block $l$, for sequence $b$ at position $p$: a vector as wide as the model.
# Compute, for every block, the norm averaged over all sequences and positions:
#
# $$ n_l = \operatorname{mean}_{b,p} \lVert x^{(l)}_{b,p} \rVert_2 $$
#
# A **hook** is a function that a model calls at a named place with the values that pass there. In TransformerLens the
# stream after block `l` passes the hook point `blocks.{l}.hook_out`, as a tensor of shape (batch, position, width). There are two ways in:
#
# - `model.run_with_hooks(tokens, fwd_hooks=[(name, function)])` calls `function(value, hook)` at each named place.
# - `model.run_with_cache(tokens)` gives back `(logits, cache)`, where `cache["resid_post", l]` is the same tensor.
#
# Take either.

# %% solution="start-residual-norms"
def residual_norms(model, tokens: torch.Tensor) -> torch.Tensor:
    """Mean L2 norm of the residual stream after each block.

    Args:
        model: a TransformerBridge with `model.cfg.n_layers` blocks.
        tokens: integers of shape (batch, position).

    Returns:
        A 1-D float tensor of length n_layers; entry l belongs to block l, counted from 0.
    """
    ### BEGIN SOLUTION
    collected: dict[str, torch.Tensor] = {}

    def keep_mean_norm(value, hook):
        collected[hook.name] = value.norm(dim=-1).mean()

    places = [f"blocks.{layer}.hook_out" for layer in range(model.cfg.n_layers)]
    with torch.no_grad():
        model.run_with_hooks(tokens, fwd_hooks=[(place, keep_mean_norm) for place in places])
    return torch.stack([collected[place] for place in places])
    ### END SOLUTION

# %% check="start-residual-norms"
unit.check("start-residual-norms")

# %% [markdown]
# If the panel above is green, look at your own numbers. Was your guess right, and about how much?

# %%
tokens = torch.randint(0, world.VOCABULARY, (64, 12), generator=torch.Generator().manual_seed(1))
norms = residual_norms(model, tokens)
print("norm after each block:", [f"{n:.2f}" for n in norms.tolist()])
print(f"last / first = {norms[-1] / norms[0]:.2f}; you guessed {my_ratio:.2f} ({my_guess})")

# %% [markdown]
# **What it means.** Every block adds a vector. Vectors that point in unrelated directions add like random steps: the
# length grows, more slowly with every step.
#
# **How it could mislead you.** This is one untrained model with one seed. Nothing here says what a trained model does,
# and a claim about "transformers" would need other seeds, sizes and training. In a work test, one seed is an anecdote.

# %% [markdown]
# {{card start-norm-plot}}
#
# A mentor looks at a plot for five seconds. So put the finding into the title, and name both axes with their unit (here:
# the block's number, and a length without unit). Draw `norms` against the block's number, counted from 0.

# %% solution="start-norm-plot"
def plot_norms(norms: torch.Tensor) -> plt.Axes:
    """Draw the mean residual-stream norm after each block as one line.

    Args:
        norms: 1-D tensor; entry l belongs to block l, counted from 0. It may have any length.

    Returns:
        The axes drawn on, with a title and two axis labels.
    """
    ### BEGIN SOLUTION
    _, ax = plt.subplots(figsize=(5, 3))
    ax.plot(range(len(norms)), norms.tolist(), marker="o", color="black")
    change = "grows" if norms[-1] > norms[0] else "does not grow"
    ax.set_title(f"The residual stream {change} from block to block")
    ax.set_xlabel("block (counted from 0)")
    ax.set_ylabel("mean norm (no unit)")
    ax.set_xticks(range(len(norms)))
    ax.set_ylim(bottom=0)
    return ax
    ### END SOLUTION

# %% check="start-norm-plot"
unit.check("start-norm-plot")

# %%
plot_norms(norms)
plt.show()

# %% [markdown]
# ## Get graded
#
# Save this notebook (Ctrl+S, or Cmd+S). Then open a terminal in JupyterLab (File, New, Terminal) and type
#
# ```
# worktest grade 00
# ```
#
# You get a table, and a feedback page that you can open in a browser. Grading works on a copy: this notebook is only read.
# To begin again, `worktest start 00 --fresh` keeps a dated copy of your work and gives you a new one.

# %% [markdown]
# ## LLM on, LLM off
#
# Every exercise says whether it is meant to be done with a language model. The rules of real selections differ, so you need
# to be able to do both. One published example: Neel Nanda's stream encourages agentic use of LLMs in its long research
# task, calls checking what the model did the most important advice, and wants to know what you checked
# ([@nanda2026]). Other tests forbid LLMs. Look at the rules of the one you take, and ask if they are silent.
#
# - **LLM off**: the exercise trains something you will be asked without help, often in an interview. Write it yourself.
# - **LLM on**: use one if you like. Then be ready to explain every line, and write down what you checked.
#
# Nobody here can tell whether you kept to it. You will, in the interview.

# %% [markdown]
# ## A pledge
#
# Being stuck for ten minutes is the exercise. It is where you find out which part you had only read about. If you
# hand that part over, the notebook turns green and you keep the gap. So here is a pledge. Change it until you mean it; it is
# for you alone.
#
# > I try each exercise myself before I take a hint, and take a hint before I look at the solution.
# > Where it says *LLM off*, I keep it off. Where it says *LLM on*, I check what I use and can explain it.
# > I write my prediction down before I run the cell, and I leave wrong predictions where they are.
# > When a result looks good, I look for the control that could kill it.

# %% [markdown]
# ## Where to go next
#
# `worktest start 01` opens the first work test: a model that behaves badly once in ten thousand answers, and a method
# to find out without sampling ten thousand answers. `worktest progress` shows where you are.
#
# Or first the second notebook of this unit, [Which stream?](shortlist.ipynb): half an hour on how to choose what to apply to.
#
# Or the third, [Now on a real model](real_model.ipynb): half an hour from an empty cache to a steered sentence, with a language model of 135
# million parameters. There you put the question of this notebook to a model that was trained. It carries no points, and a project should not
# rest on a toy alone: units 01 to 06 have such a notebook too.
