# wrong: draws who is audited instead of giving the probability
# loses: above_at_and_below, the_budget_is_spent, spends_the_budget_exactly
def audit_rule(honest_scores, budget):
    if not 0 < budget <= 1:
        raise ValueError("no budget")
    values, counts = np.unique(np.asarray(honest_scores, dtype=float), return_counts=True)
    left = budget * counts.sum()
    for value, count in zip(values[::-1], counts[::-1]):
        if left <= count:
            return float(value), float(left / count)
        left -= count
    return float(values[0]), 1.0


def audit_probability(scores, rule):
    threshold, share = rule
    scores = np.asarray(scores, dtype=float)
    return ((scores > threshold) | ((scores == threshold) & (np.random.random(scores.shape) < share))).astype(float)
