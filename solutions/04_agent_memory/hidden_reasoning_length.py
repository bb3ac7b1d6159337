"""Held-back checks of the third reasoning scenario of unit 04: longer logs repeat more."""

import csv
from pathlib import Path

import numpy as np
from scipy import stats

from worktest.checks import check, expect

DATA = Path(__file__).parent / "data"

# mem-length -----------------------------------------------------------------------------------------------------

KEYS = ("houses", "rho", "null_rho", "excess", "p")


def _dict(got):
    known = isinstance(got, dict) and set(KEYS) <= set(got)
    expect.true(known, f"The result must be a dict with {', '.join(KEYS)}.", got=got)
    return {key: expect.number(got[key], f"`{key}` must be one number.") for key in KEYS}


def _ask(answer, *logs):
    return _dict(answer.call("infer_excess", *logs))


def _want(trials, flags, nulls):
    keep = [i for i, row in enumerate(flags) if len(row) >= 2]
    rates = [sum(flags[i]) / (len(flags[i]) - 1) for i in keep]
    own = [trials[i] for i in keep]
    rho = stats.spearmanr(own, rates).statistic
    columns = [nulls[keep, j] for j in range(nulls.shape[1])]
    rhos = [0.0 if np.ptp(column) == 0 else stats.spearmanr(own, column).statistic for column in columns]
    p = (1 + sum(x >= rho - 1e-9 for x in rhos)) / (1 + len(rhos))
    return {"houses": len(keep), "rho": rho, "null_rho": np.mean(rhos), "excess": rho - np.mean(rhos), "p": p}


def _flags(length, ones):
    """A log of so many reflections, the last ones repeats."""
    return [0] * (length - ones) + [1] * ones


def _logs(rng, n=30):
    """Trials, flags and null rates. Short and long logs, some too short to count; rates that fall apart from counts."""
    lengths = [*rng.integers(3, 11, size=n - 12).tolist(), 2, 2, 2, 10, 10, 10, 0, 1, 0, 1, 1, 0]
    ones = [int(rng.integers(0, max(length - 1, 1) + 1)) if length > 2 else 0 for length in lengths]
    for i, k in zip(range(n - 12, n - 6), (1, 1, 0, 7, 2, 8), strict=True):
        ones[i] = k
    flags = [_flags(length, min(k, max(length - 1, 0))) for length, k in zip(lengths, ones, strict=True)]
    trials = [length + int(rng.integers(0, 2)) for length in lengths]
    order = rng.permutation(n)
    flags, trials = [flags[i] for i in order], np.array(trials)[order]
    nulls = rng.random((n, int(rng.integers(15, 30)))) * 0.5 + 0.04 * trials[:, None]
    nulls[[len(row) < 2 for row in flags]] = np.nan
    return trials, flags, nulls


@check("mem-length")
def fresh_logs(answer, rng):
    """correlates trials with the repetition rate over the houses with at least two reflections"""
    for _ in range(4):
        logs = _logs(rng)
        found, want = _ask(answer, *logs), _want(*logs)
        says = (
            "Spearman's rho of trials and repetitions / (reflections - 1), over houses with at least two reflections."
        )
        expect.close([found[key] for key in ("houses", "rho")], [want[key] for key in ("houses", "rho")], says)


@check("mem-length")
def one_rho_a_replication(answer, rng):
    """correlates in each replication, and takes the mean of these"""
    for _ in range(2):
        logs = _logs(rng)
        found, want = _ask(answer, *logs), _want(*logs)
        says = "Each column is a whole replication: correlate it with the trials, then take the mean of the rhos."
        look = "a mean of the rates first would be smoother than any log"
        keys = ("null_rho", "excess")
        expect.close([found[key] for key in keys], [want[key] for key in keys], says, look=look)


def _at_both_ends(rng):
    """Logs whose observed rho lies inside, and replications of which some have rho 1 and some rho -1."""
    trials = np.arange(3, 11)
    flags = [_flags(int(t), 1 + (i % 3 == 0)) for i, t in enumerate(trials)]
    high, low = (int(x) for x in rng.permutation(np.arange(2, 12))[:2])
    nulls = np.array([[t / 20] * high + [1 - t / 20] * low for t in trials])
    return trials, flags, nulls[:, rng.permutation(high + low)], high, low


@check("mem-length")
def p_counts_the_larger_ones(answer, rng):
    """counts replications with a larger rho, not those far out on the other side, and the observed one"""
    for _ in range(2):
        trials, flags, nulls, high, low = _at_both_ends(rng)
        found = _ask(answer, trials, flags, nulls)
        says = "One-sided: (1 + k) / (1 + n), where k replications have a rho at least as large as the observed one."
        expect.close(found["p"], (1 + high) / (1 + high + low), says)


@check("mem-length")
def an_equal_rho_counts(answer, rng):
    """counts replications with just the observed rho"""
    trials, flags, _ = _logs(rng)
    own = np.array([sum(row) / (len(row) - 1) if len(row) > 1 else np.nan for row in flags])
    same, n = int(rng.integers(2, 6)), int(rng.integers(8, 12))
    lower = np.where(np.isnan(own), np.nan, 1 - trials / 20)
    nulls = np.array([own] * same + [lower] * n).T
    found, want = _ask(answer, trials, flags, nulls), _want(trials, flags, nulls)
    says = "At least as large: a replication with the same rates as observed has the same rho, and counts."
    expect.close(found["p"], want["p"], says)


@check("mem-length")
def a_replication_without_differences(answer, rng):
    """takes 0 where all rates of a replication are equal"""
    says = "Where all rates of a replication are equal its rho is taken as 0, and it stays among the n."
    keys = ("null_rho", "p")
    for _ in range(3):  # in one log of some three hundred, the mean of wrong rhos lies within the tolerance
        trials, flags, nulls = _logs(rng)
        short = np.isnan(nulls[:, 0])
        flat = int(rng.integers(3, 9))
        nulls[:, :flat] = np.where(short[:, None], np.nan, rng.choice([0.0, 0.25, 0.5], size=flat)[None, :])
        found, want = _ask(answer, trials, flags, nulls), _want(trials, flags, nulls)
        expect.close([found[key] for key in keys], [want[key] for key in keys], says)


@check("mem-length")
def short_logs_stay_out(answer, rng):
    """gives the same with and without houses that have fewer than two reflections"""
    trials, flags, nulls = _logs(rng)
    keep = [i for i, row in enumerate(flags) if len(row) > 1]
    inside = _ask(answer, trials, flags, nulls)
    without = _ask(answer, trials[keep], [flags[i] for i in keep], nulls[keep])
    says = "A house with no reflection or one has no repetition rate: it plays no part, here and in the replications."
    want = _want(trials, flags, nulls)
    for found in (inside, without):
        expect.close([found[key] for key in KEYS], [want[key] for key in KEYS], says)


@check("mem-length")
def only_ranks_matter(answer, rng):
    """stays the same when trials are stretched without a change of order"""
    trials, flags, nulls = _logs(rng)
    trials[[len(row) > 1 for row in flags]] += 1
    found = _ask(answer, trials**3, flags, nulls)
    want = _want(trials, flags, nulls)
    says = "Spearman's rho knows the order of the numbers and nothing else: cubes of the trials give the same."
    expect.close([found[key] for key in KEYS], [want[key] for key in KEYS], says)


@check("mem-length")
def refuses_what_has_no_rho(answer, rng):
    """refuses other numbers of houses, no replication, and houses without differences"""
    trials, flags, nulls = _logs(rng)
    says = "The same houses in all three: raise ValueError."
    answer.raises("infer_excess", trials[:-1], flags, nulls, says=says)
    answer.raises("infer_excess", trials, flags[:-1], nulls, says=says)
    answer.raises("infer_excess", trials, flags, nulls[:-1], says=says)
    answer.raises(
        "infer_excess", trials, flags, nulls[:, :0], says="Without a replication there is no null: ValueError."
    )
    says = "Where all houses have the same rate, or all the same trials, there is no correlation: raise ValueError."
    answer.raises("infer_excess", trials, [[0] * len(row) for row in flags], nulls, says=says)
    answer.raises("infer_excess", np.full(len(trials), 7), flags, nulls, says=says)


@check("mem-length")
def the_given_houses(answer, rng):
    """has the result for the 120 houses and 199 replications"""
    with (DATA / "length.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    with (DATA / "null_rates.csv").open(encoding="utf-8") as file:
        table = [[float(text or "nan") for text in list(row.values())[1:]] for row in csv.DictReader(file)]
    trials, flags = [int(row["trials"]) for row in rows], [[int(x) for x in row["flags"]] for row in rows]
    found, want = _dict(answer.value("excess")), _want(trials, flags, np.array(table))
    says = "`excess` is what your function gives for `trials_used`, `repeat_flags` and `null_table`."
    expect.close([found[key] for key in KEYS], [want[key] for key in KEYS], says, rtol=0, atol=1e-3)
