"""The world of unit 06's primer: results of evaluations whose truth is known, because they are drawn here.

A *score* is 0 or 1 for one answer, or a mean of several answers to the same item. A *pass rate* is the chance of a 1.
Needs numpy alone, and every function takes its randomness from the generator that you pass.
"""

from __future__ import annotations

import numpy as np

from worktest.axes import one_of_two_axes as one_of_two_axes  # for checks of plots


def generator(seed: int) -> np.random.Generator:
    """A source of random numbers; the same seed gives the same numbers."""
    return np.random.default_rng(seed)


def pass_rates(n_items: int, rng: np.random.Generator, skills=(1.0, 1.0), spread: float = 2.0) -> np.ndarray:
    """The pass rate of every item for every model, shape (n_items, models).

    An item has a difficulty that all models share (normal, standard deviation ``spread``, in log-odds). A model has a
    skill, also in log-odds. In a third part, half a unit wide, each model has its own strengths and weaknesses.
    """
    difficulty = spread * rng.normal(size=(n_items, 1))
    own = 0.5 * rng.normal(size=(n_items, len(skills)))
    return 1 / (1 + np.exp(-(np.asarray(skills) - difficulty + own)))


def answer_items(rates: np.ndarray, rng: np.random.Generator, k: int = 1) -> np.ndarray:
    """The scores of ``k`` sampled answers to every item, averaged; the shape of ``rates``."""
    return rng.binomial(k, rates) / k


def clustered_scores(
    n_tasks: int, runs: int, rng: np.random.Generator, mean: float = 0.5, icc: float = 0.5
) -> tuple[np.ndarray, np.ndarray]:
    """Scores of ``runs`` runs of each of ``n_tasks`` tasks, and the task of each run; both (n_tasks * runs,).

    Every task has a pass rate of its own, from a beta distribution with the given mean. ``icc`` is the correlation
    of two runs of one task: at 0 all tasks are alike, at 1 a task is always passed or never.
    """
    if icc <= 0:
        rates = np.full(n_tasks, mean)
    elif icc >= 1:
        rates = (rng.random(n_tasks) < mean).astype(float)
    else:
        size = 1 / icc - 1
        rates = rng.beta(mean * size, (1 - mean) * size, size=n_tasks)
    tasks = np.repeat(np.arange(n_tasks), runs)
    return (rng.random(n_tasks * runs) < rates[tasks]).astype(int), tasks


def rare_failures(
    n_prompts: int, rollouts: int, rng: np.random.Generator, share: float = 0.05, rate: float = 0.2
) -> np.ndarray:
    """How many of ``rollouts`` rollouts fail, for each prompt: a ``share`` of prompts fails at ``rate``, others never.

    Over all prompts that there are, the failure rate is ``share * rate``.
    """
    bad = rng.random(n_prompts) < share
    return rng.binomial(rollouts, np.where(bad, rate, 0.0))


def equal_settings(n_items: int, n_settings: int, rng: np.random.Generator) -> np.ndarray:
    """Scores of a baseline (column 0) and of ``n_settings`` settings that are as good as it, on the same items."""
    rates = pass_rates(n_items, rng, skills=(1.0,))
    return answer_items(np.repeat(rates, n_settings + 1, axis=1), rng)
