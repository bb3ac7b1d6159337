# right: goes through logarithms, which stay exact for tiny rates
# loses: none
def upper_bound(n, confidence=0.95):
    if n <= 0:
        raise ValueError("at least one rollout")
    return -np.expm1(np.log1p(-confidence) / n)


def rollouts_needed(rate, confidence=0.95):
    if rate <= 0 or rate >= 1:
        raise ValueError("a rate lies between 0 and 1")
    return int(np.ceil(np.log1p(-confidence) / np.log1p(-rate)))


def chance_hidden(rate, n):
    return float(stats.binom.pmf(0, n, rate))
