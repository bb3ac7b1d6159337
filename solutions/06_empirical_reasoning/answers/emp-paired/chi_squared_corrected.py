# wrong: the chi-squared form with a correction for continuity
# loses: four_coins, fresh_mcnemar, no_discordant_item
def compare_paired(a, b, confidence: float = 0.95) -> dict[str, float]:
    a, b = np.asarray(a, dtype=int), np.asarray(b, dtype=int)
    if len(a) != len(b) or len(a) < 2:
        raise ValueError("a paired comparison needs two or more items, the same for both")
    d = a - b
    se = d.std(ddof=1) / math.sqrt(len(d))
    half = stats.norm.ppf(0.5 + confidence / 2) * se
    only_a, only_b = int((d == 1).sum()), int((d == -1).sum())
    p = stats.chi2.sf((abs(only_a - only_b) - 1) ** 2 / (only_a + only_b), 1) if only_a + only_b else 1.0
    return {
        "difference": d.mean(),
        "se": se,
        "low": d.mean() - half,
        "high": d.mean() + half,
        "only_a": only_a,
        "only_b": only_b,
        "p": p,
    }
