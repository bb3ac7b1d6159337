# right: takes the variance of a difference from the covariance matrix
# loses: none
def compare_paired(a, b, confidence=0.95):
    n = len(a)
    if len(b) != n or n <= 1:
        raise ValueError("no pairs")
    a, b = np.array(a).astype(int), np.array(b).astype(int)
    c = np.cov(a, b)
    se = np.sqrt(max(0.0, c[0, 0] + c[1, 1] - 2 * c[0, 1]) / n)
    difference = a.mean() - b.mean()
    half = se * stats.norm.ppf(1 - (1 - confidence) / 2)
    only_a, only_b = np.sum((a == 1) & (b == 0)), np.sum((a == 0) & (b == 1))
    total = int(only_a + only_b)
    tail = sum(math.comb(total, i) for i in range(int(min(only_a, only_b)) + 1)) / 2**total
    return {"difference": difference, "se": se, "low": difference - half, "high": difference + half,
            "only_a": only_a, "only_b": only_b, "p": min(1.0, 2 * tail)}
