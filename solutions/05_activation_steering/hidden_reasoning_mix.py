"""Held-back checks of the third reasoning scenario of unit 05: another mix of requests."""

import csv
from pathlib import Path

import numpy as np

from worktest.checks import check, expect

DATA = Path(__file__).parent / "data"
MIX = ("mean", "mean_low", "mean_high", "wrong", "wrong_low", "wrong_high", "worth", "left_out")
WORDS = ["apt", "blue", "coy", "dire", "easy", "fair", "grim", "hot", "icy", "just"]


def _ask(answer, *inputs):
    got = answer.call("infer_mix", *inputs)
    expect.true(isinstance(got, dict) and set(MIX) <= set(got), f"`infer_mix` must give a dict with {', '.join(MIX)}.")
    return {key: expect.number(got[key], f"`{key}` of `infer_mix` must be one number.") for key in MIX}


def _tested(rng, n, words=WORDS):
    """Requests of four kinds with unequal effects; each kind with every word at least once, in random order."""
    names = ["plain", "turned", "none", "ruled"]
    cells = [(kind, word) for kind in range(4) for word in range(len(words))]
    cells += [(int(rng.choice(4, p=[0.7, 0.1, 0.1, 0.1])), int(rng.integers(len(words)))) for _ in range(n)]
    at, pull = rng.normal(0, 0.6, size=len(words)), np.array([2.0, -1.5, 0.5, 0.0])
    cells = [cells[i] for i in rng.permutation(len(cells))]
    effects = np.array([pull[kind] + at[word] + rng.normal(0, 0.8) for kind, word in cells])
    return [names[kind] for kind, _ in cells], [words[word] for _, word in cells], effects


def _shares(rng):
    parts = rng.dirichlet([3, 4, 2, 2])
    parts[-1] = 1 - parts[:-1].sum()
    return dict(zip(["plain", "turned", "none", "ruled"], map(float, parts), strict=True))


def _weigh(kinds, effects, shares):
    parts: dict[str, list[float]] = {kind: [] for kind, share in shares.items() if share > 0}
    for kind, effect in zip(kinds, effects.tolist(), strict=True):
        if kind in parts:
            parts[kind].append(effect)
    if not all(parts.values()):
        return None
    mean = sum(shares[kind] * sum(part) / len(part) for kind, part in parts.items())
    return mean, sum(shares[kind] * sum(effect < 0 for effect in part) / len(part) for kind, part in parts.items())


def _mix(kinds, moods, effects, shares, draws):
    of_word = [[i for i, mood in enumerate(moods) if mood == word] for word in sorted(set(moods))]
    drawn = []
    for draw in draws:
        rows = [i for place in draw for i in of_word[place]]
        drawn.append(_weigh([kinds[i] for i in rows], effects[rows], shares))
    kept = [found for found in drawn if found is not None]
    low, high = np.percentile(kept, [2.5, 97.5], axis=0)
    mean, wrong = _weigh(kinds, effects, shares)
    worth = 1 / sum(share**2 / kinds.count(kind) for kind, share in shares.items() if share > 0)
    return dict(zip(MIX, (mean, low[0], high[0], wrong, low[1], high[1], worth, len(drawn) - len(kept)), strict=True))


def _ends(found, names=("mean", "wrong")):
    return [found[f"{name}_{end}"] for name in names for end in ("low", "high")]


@check("steer-mix")
def weighed_by_the_place(answer, rng):
    """weighs the mean effect and the wrong-way share of the kinds by their shares in the place"""
    for _ in range(2):
        kinds, moods, effects = _tested(rng, int(rng.integers(40, 90)))
        shares, draws = _shares(rng), rng.integers(len(WORDS), size=(6, len(WORDS)))
        found, want = _ask(answer, kinds, moods, effects, shares, draws), _mix(kinds, moods, effects, shares, draws)
        says = "For each kind: its own mean, and its own share below zero. Then the shares of the place as weights."
        expect.close([found["mean"], found["wrong"]], [want["mean"], want["wrong"]], says)


@check("steer-mix")
def what_the_weights_cost(answer, rng):
    """gives what the tested requests are worth under these weights"""
    kinds, moods, effects = _tested(rng, int(rng.integers(40, 90)))
    shares, draws = _shares(rng), rng.integers(len(WORDS), size=(5, len(WORDS)))
    found = _ask(answer, kinds, moods, effects, shares, draws)
    want = 1 / sum(share**2 / kinds.count(kind) for kind, share in shares.items())
    expect.close(found["worth"], want, "One over the sum of share squared, over the number tested of that kind.")
    same = {kind: kinds.count(kind) / len(kinds) for kind in shares}
    found = _ask(answer, kinds, moods, effects, same, draws)
    says = "In the test's own mix nothing is weighed: the mean is the plain mean, and the worth the number of requests."
    expect.close([found["mean"], found["worth"]], [effects.mean(), len(kinds)], says)


@check("steer-mix")
def zero_is_not_the_wrong_way(answer, rng):
    """counts an effect of exactly zero as not moved the wrong way"""
    kinds, moods, effects = _tested(rng, int(rng.integers(20, 50)))
    effects[rng.random(len(effects)) < 0.4] = 0.0
    shares, draws = _shares(rng), rng.integers(len(WORDS), size=(10, len(WORDS)))
    found, want = _ask(answer, kinds, moods, effects, shares, draws), _mix(kinds, moods, effects, shares, draws)
    says = "The wrong way is below zero. An effect of exactly zero did not move."
    keys = ("wrong", "wrong_low", "wrong_high")
    expect.close([found[key] for key in keys], [want[key] for key in keys], says)


@check("steer-mix")
def words_are_drawn(answer, rng):
    """has the percentiles over the given draws: whole words, weighed anew in each draw"""
    kinds, moods, effects = _tested(rng, int(rng.integers(40, 90)))
    shares, draws = _shares(rng), rng.integers(len(WORDS), size=(int(rng.integers(50, 90)), len(WORDS)))
    found, want = _ask(answer, kinds, moods, effects, shares, draws), _mix(kinds, moods, effects, shares, draws)
    says = "In each draw: all requests of its words, each as often as the word is listed, and the weights anew."
    look = "a word brings along its requests of all kinds; the means of the kinds are taken anew in each draw"
    expect.close(_ends(found), _ends(want), says, look=look)


@check("steer-mix")
def words_in_alphabetical_order(answer, rng):
    """finds a word by its place in the alphabet, not by where it stands in the test"""
    words = ["".join(rng.choice(list("abcdefghijklm"), size=4)) + str(i) for i in range(6)]
    kinds, moods, effects = _tested(rng, int(rng.integers(10, 30)), words)
    shares, draws = _shares(rng), np.array([[int(rng.integers(6))] * 5 + [int(rng.integers(6))]])
    found, want = _ask(answer, kinds, moods, effects, shares, draws), _mix(kinds, moods, effects, shares, draws)
    says = "A draw lists places among the tested mood words in alphabetical order: 0 is the first of them."
    expect.close(_ends(found), _ends(want), says)


@check("steer-mix")
def draws_without_a_kind(answer, rng):
    """leaves out the draws in which a kind is missing, and counts them"""
    kinds, moods, effects = _tested(rng, int(rng.integers(40, 80)))
    rare = set(map(str, rng.choice(WORDS, size=3, replace=False)))  # one kind lives in three words only
    keep = [i for i, (kind, mood) in enumerate(zip(kinds, moods, strict=True)) if kind != "none" or mood in rare]
    kinds, moods, effects = [kinds[i] for i in keep], [moods[i] for i in keep], effects[keep]
    draws = rng.integers(len(WORDS), size=(80, 5))
    shares = _shares(rng)
    found, want = _ask(answer, kinds, moods, effects, shares, draws), _mix(kinds, moods, effects, shares, draws)
    says = "Where a kind has no request in a draw there is no mean of it: leave the draw out, and count it."
    expect.close([found["left_out"], *_ends(found)], [want["left_out"], *_ends(want)], says)


@check("steer-mix")
def kinds_without_a_share(answer, rng):
    """gives no weight to a kind that the place does not have, tested or not"""
    kinds, moods, effects = _tested(rng, int(rng.integers(40, 80)))
    draws = rng.integers(len(WORDS), size=(30, len(WORDS)))
    half = float(rng.uniform(0.2, 0.8))
    shares = {"turned": half, "none": 1 - half}
    want = _mix(kinds, moods, effects, shares, draws)
    for given in (shares, {**shares, "plain": 0.0, "unheard of": 0.0}):
        found = _ask(answer, kinds, moods, effects, given, draws)
        says = "A kind that is not listed, or has the share 0, counts for nothing. It need not be tested either."
        expect.close([found[key] for key in MIX], [want[key] for key in MIX], says)


@check("steer-mix")
def refuses_what_was_not_tested(answer, rng):
    """refuses an untested kind, shares that are none, and draws of which none can be weighed"""
    kinds, moods, effects = _tested(rng, int(rng.integers(20, 40)))
    shares, draws = _shares(rng), rng.integers(len(WORDS), size=(5, len(WORDS)))
    says = "Nobody has tested this kind of request: raise ValueError. Its effect is not zero, it is unknown."
    unknown = {**shares, "turned": 0.0, "angry": shares["turned"]}
    answer.raises("infer_mix", kinds, moods, effects, unknown, draws, says=says)
    says = "Shares are not negative and add up to 1: raise ValueError."
    wrong = [{k: 100 * v for k, v in shares.items()}, {**shares, "plain": shares["plain"] + 0.02}]
    wrong.append({"plain": 1.3, "turned": -0.3})
    for given in wrong:
        answer.raises("infer_mix", kinds, moods, effects, given, draws, says=says)
    says = "No draw has all kinds, so there is no interval: raise ValueError."
    only = [i for i, (kind, mood) in enumerate(zip(kinds, moods, strict=True)) if kind != "none" or mood == WORDS[0]]
    parts = [kinds[i] for i in only], [moods[i] for i in only], effects[only]
    answer.raises("infer_mix", *parts, shares, np.full((4, 6), 3), says=says)


@check("steer-mix")
def the_given_desk(answer, rng):
    """has the result for the complaints desk"""
    with (DATA / "mix.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    kinds, moods = [row["kind"] for row in rows], [row["mood"] for row in rows]
    effects = np.array([float(row["effect"]) for row in rows])
    source = np.random.default_rng(5)
    source.integers(100, size=(1000, 100))
    draws = source.integers(21, size=(1000, 21))
    desk = {"affirmed": 0.30, "negated": 0.45, "neutral": 0.15, "system": 0.10}
    want = _mix(kinds, moods, effects, desk, draws)
    got = answer.value("at_desk")
    expect.true(isinstance(got, dict) and set(MIX) <= set(got), f"`at_desk` must be a dict with {', '.join(MIX)}.")
    says = "`at_desk` is what your function gives for `kinds`, `moods`, `effects`, `desk` and `word_draws`."
    found = [expect.number(got[key], f"`{key}` of `at_desk` must be one number.") for key in MIX]
    expect.close(found, [want[key] for key in MIX], says, rtol=0, atol=2e-3)
