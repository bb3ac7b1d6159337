# right: a loop over the sorted places, and the distribution of the best itself
# loses: none
def holm_adjusted(p_values):
    p = [float(x) for x in p_values]
    if not p or any(x < 0 or x > 1 for x in p):
        raise ValueError("not p-values")
    adjusted, so_far = [0.0] * len(p), 0.0
    for rank, place in enumerate(sorted(range(len(p)), key=lambda i: p[i])):
        so_far = max(so_far, min(1.0, (len(p) - rank) * p[place]))
        adjusted[place] = so_far
    return adjusted


def expected_best(settings, n, rate):
    counts = np.arange(n + 1)
    at_most = stats.binom.cdf(counts, n, rate) ** settings
    exactly = np.diff(at_most, prepend=0.0)
    return float(counts @ exactly) / n
