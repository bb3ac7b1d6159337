"""Intervals that scenarios accept for a number: one function a sound method, all at 95 % unless told otherwise.

All take and give plain numbers or numpy arrays; an interval is (low, high).
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

Ends = tuple[float, float]
LEVEL = 0.95


def wilson(hits: int, of: int, level: float = LEVEL) -> Ends:
    """Wilson's score interval of a share (Wilson 1927)."""
    return _binomial(hits, of, "wilson", level)


def exact(hits: int, of: int, level: float = LEVEL) -> Ends:
    """The Clopper-Pearson interval of a share, which never covers too rarely."""
    return _binomial(hits, of, "exact", level)


def _binomial(hits: int, of: int, method: Literal["wilson", "exact"], level: float) -> Ends:
    found = stats.binomtest(int(hits), int(of)).proportion_ci(level, method=method)
    return float(found.low), float(found.high)


def shares(hits: int, of: int) -> tuple[Ends, ...]:
    """Both: what to accept for a single share of independent items."""
    return wilson(hits, of), exact(hits, of)


def none_seen(of: int, level: float = LEVEL) -> float:
    """The one-sided upper bound of a rate after 0 of ``of``: 1 - 0.05^(1/n); 3/n is near it."""
    return float(1 - (1 - level) ** (1 / of))


def difference(hits_a: int, of_a: int, hits_b: int, of_b: int) -> tuple[Ends, ...]:
    """Rate b minus rate a of two independent groups: Newcombe's interval from two Wilson ones, and the normal one."""
    a, b = hits_a / of_a, hits_b / of_b
    (low_a, high_a), (low_b, high_b) = wilson(hits_a, of_a), wilson(hits_b, of_b)
    gap = b - a
    newcombe = (
        gap - float(np.hypot(b - low_b, high_a - a)),
        gap + float(np.hypot(high_b - b, a - low_a)),
    )
    error = float(np.sqrt(a * (1 - a) / of_a + b * (1 - b) / of_b))
    return newcombe, normal(gap, error)


def normal(value: float, error: float, level: float = LEVEL) -> Ends:
    """Value plus and minus 1.96 standard errors."""
    z = float(stats.norm.ppf(0.5 + level / 2))
    return value - z * error, value + z * error


def student(value: float, error: float, freedom: float, level: float = LEVEL) -> Ends:
    """The same with Student's t, for few items or clusters."""
    t = float(stats.t.ppf(0.5 + level / 2, freedom))
    return value - t * error, value + t * error


def error_of_mean(values: ArrayLike) -> float:
    """Standard error of the mean of independent values."""
    array = np.asarray(values, float)
    return float(array.std(ddof=1) / np.sqrt(len(array)))


def clustered_error(values: ArrayLike, clusters: ArrayLike) -> float:
    """Standard error of a mean of values that come in clusters (Miller 2411.00640: sums of residuals by cluster)."""
    array, labels = np.asarray(values, float), np.asarray(clusters)
    residuals = array - array.mean()
    sums = np.array([residuals[labels == name].sum() for name in np.unique(labels)])
    return float(np.sqrt((sums**2).sum()) / len(array))


def clustered(values: ArrayLike, clusters: ArrayLike) -> tuple[Ends, ...]:
    """Intervals of a mean of clustered values: normal, Student's t with clusters - 1, and that times sqrt(G/(G-1))."""
    array = np.asarray(values, float)
    groups = len(np.unique(np.asarray(clusters)))
    error, mean = clustered_error(array, clusters), float(array.mean())
    wide = error * float(np.sqrt(groups / (groups - 1)))
    return normal(mean, error), student(mean, error, groups - 1), student(mean, wide, groups - 1)


def clustered_apart(a: ArrayLike, clusters_a: ArrayLike, b: ArrayLike, clusters_b: ArrayLike) -> tuple[Ends, ...]:
    """Intervals of mean(b) - mean(a) when the two groups share no cluster: the methods of :func:`clustered`."""
    x, y = np.asarray(a, float), np.asarray(b, float)
    error_a, error_b = clustered_error(x, clusters_a), clustered_error(y, clusters_b)
    of_a, of_b = (len(np.unique(np.asarray(labels))) for labels in (clusters_a, clusters_b))
    gap, error, freedom = float(y.mean() - x.mean()), float(np.hypot(error_a, error_b)), of_a + of_b - 2
    wide = float(np.hypot(error_a * (of_a / (of_a - 1)) ** 0.5, error_b * (of_b / (of_b - 1)) ** 0.5))
    return normal(gap, error), student(gap, error, freedom), student(gap, wide, freedom)


def paired(a: ArrayLike, b: ArrayLike) -> tuple[Ends, ...]:
    """Intervals of the mean of b - a on the same items: normal, and Student's t."""
    gaps = np.asarray(b, float) - np.asarray(a, float)
    error = error_of_mean(gaps)
    return normal(float(gaps.mean()), error), student(float(gaps.mean()), error, len(gaps) - 1)


def unpaired(a: ArrayLike, b: ArrayLike) -> Ends:
    """The normal interval of mean(b) - mean(a) as if the items were not the same: what a hurried reader computes."""
    x, y = np.asarray(a, float), np.asarray(b, float)
    return normal(float(y.mean() - x.mean()), float(np.hypot(error_of_mean(x), error_of_mean(y))))


def chance_above(expected: float, error: float, above: float) -> float:
    """How probable it is that an estimate with this expectation and standard error exceeds ``above``; .02 to .98."""
    return float(np.clip(stats.norm.sf(above, expected, error), 0.02, 0.98))


def width(interval: Ends) -> float:
    """High minus low."""
    return interval[1] - interval[0]
