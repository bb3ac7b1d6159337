# right: lets scipy do the standard error and the interval
# loses: none
def compare_paired(a, b, confidence=0.95):
    a, b = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    if a.shape != b.shape or a.size < 2:
        raise ValueError("a pair for each item, and two items")
    d = a - b
    se = float(stats.sem(d))
    z = float(stats.norm.ppf((1 + confidence) / 2))
    heads, tails = np.count_nonzero(a > b), np.count_nonzero(b > a)
    return {
        "p": float(stats.binomtest(tails, heads + tails, 0.5, "two-sided").pvalue) if heads or tails else 1,
        "only_a": heads,
        "only_b": tails,
        "difference": float(a.mean() - b.mean()),
        "se": se,
        "low": float(d.mean()) - z * se,
        "high": float(d.mean()) + z * se,
    }
