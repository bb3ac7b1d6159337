# wrong: takes any number for a p-value
# loses: no_p_values, refuses_other_numbers
def holm_adjusted(p_values) -> np.ndarray:
    p = np.asarray(p_values, dtype=float)
    order = np.argsort(p)
    steps = np.maximum.accumulate(p[order] * np.arange(len(p), 0, -1))
    adjusted = np.empty(len(p))
    adjusted[order] = np.minimum(steps, 1)
    return adjusted


def expected_best(settings: int, n: int, rate: float) -> float:
    below = stats.binom.cdf(np.arange(n), n, rate)
    return float((1 - below**settings).sum() / n)
