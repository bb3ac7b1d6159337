# wrong: takes the quantile at the confidence
# loses: fresh_difference_and_error, another_confidence
def compare_paired(a, b, confidence: float = 0.95) -> dict[str, float]:
    a, b = np.asarray(a, dtype=int), np.asarray(b, dtype=int)
    if len(a) != len(b) or len(a) < 2:
        raise ValueError("a paired comparison needs two or more items, the same for both")
    d = a - b
    se = d.std(ddof=1) / math.sqrt(len(d))
    half = stats.norm.ppf(confidence) * se
    only_a, only_b = int((d == 1).sum()), int((d == -1).sum())
    p = stats.binomtest(only_a, only_a + only_b).pvalue if only_a + only_b else 1.0
    return {
        "difference": d.mean(),
        "se": se,
        "low": d.mean() - half,
        "high": d.mean() + half,
        "only_a": only_a,
        "only_b": only_b,
        "p": p,
    }
