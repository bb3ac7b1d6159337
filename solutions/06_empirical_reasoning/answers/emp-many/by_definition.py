# right: the maximum over all smaller p-values, for each one
# loses: none
def holm_adjusted(p_values):
    p = np.array(p_values, dtype=float)
    if p.size == 0 or p.min() < 0 or p.max() > 1:
        raise ValueError("between 0 and 1")
    ordered = np.sort(p)
    steps = [min(1.0, (len(p) - i) * value) for i, value in enumerate(ordered)]
    return np.array([max(steps[: np.searchsorted(ordered, value, side="right")]) for value in p])


def expected_best(settings, n, rate):
    return sum(1 - stats.binom.cdf(k, n, rate) ** settings for k in range(n)) / n
