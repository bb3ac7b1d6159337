# right: puts back with a second argsort, and goes through logarithms
# loses: none
def holm_adjusted(p_values):
    p = np.asarray(list(p_values), dtype=np.float64)
    if p.shape[0] < 1 or np.any(p < 0) or np.any(p > 1):
        raise ValueError("p-values")
    order = p.argsort(kind="stable")
    factors = p.shape[0] - np.arange(p.shape[0])
    return np.clip(np.maximum.accumulate(factors * p[order]), 0, 1)[order.argsort(kind="stable")]


def expected_best(settings, n, rate):
    with np.errstate(divide="ignore"):
        log_below = stats.binom.logcdf(np.arange(n), n, rate)
    return float(-np.expm1(settings * log_below).sum() / n)
