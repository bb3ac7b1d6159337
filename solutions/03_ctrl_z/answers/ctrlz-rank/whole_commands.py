# wrong: rounds the budget to a whole number of commands, at least one
# loses: the_budget_is_spent, fresh_tied_scores, spends_the_budget_exactly, all_or_less_than_one, scores_of_any_kind
def audit_rule(honest_scores, budget):
    if not 0 < budget <= 1:
        raise ValueError("no budget")
    values, counts = np.unique(np.asarray(honest_scores, dtype=float), return_counts=True)
    left = max(1, round(budget * counts.sum()))
    for value, count in zip(values[::-1], counts[::-1]):
        if left <= count:
            return float(value), float(left / count)
        left -= count
    return float(values[0]), 1.0


def audit_probability(scores, rule):
    threshold, share = rule
    scores = np.asarray(scores, dtype=float)
    return np.where(scores > threshold, 1.0, np.where(scores == threshold, share, 0.0))
