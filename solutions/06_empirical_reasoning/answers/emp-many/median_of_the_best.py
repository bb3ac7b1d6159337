# wrong: gives the median of the best
# loses: best_of_two_coins, best_of_equal_settings, one_setting_has_its_rate
def holm_adjusted(p_values) -> np.ndarray:
    p = np.asarray(p_values, dtype=float)
    if len(p) == 0 or not ((p >= 0) & (p <= 1)).all():
        raise ValueError("p-values lie between 0 and 1")
    order = np.argsort(p)
    steps = np.maximum.accumulate(p[order] * np.arange(len(p), 0, -1))
    adjusted = np.empty(len(p))
    adjusted[order] = np.minimum(steps, 1)
    return adjusted


def expected_best(settings: int, n: int, rate: float) -> float:
    return float(stats.binom.ppf(0.5 ** (1 / settings), n, rate) / n)
