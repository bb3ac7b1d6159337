# wrong: forgets that adjusted values must not fall
# loses: fresh_p_values, never_falls, at_most_one, one_and_equal_ones
def holm_adjusted(p_values) -> np.ndarray:
    p = np.asarray(p_values, dtype=float)
    if len(p) == 0 or not ((p >= 0) & (p <= 1)).all():
        raise ValueError("p-values lie between 0 and 1")
    order = np.argsort(p)
    steps = p[order] * np.arange(len(p), 0, -1)
    adjusted = np.empty(len(p))
    adjusted[order] = np.minimum(steps, 1)
    return adjusted


def expected_best(settings: int, n: int, rate: float) -> float:
    below = stats.binom.cdf(np.arange(n), n, rate)
    return float((1 - below**settings).sum() / n)
