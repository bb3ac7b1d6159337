# wrong: refuses a budget of 1 as well, and lets one above 1 pass as percent
# loses: all_or_less_than_one, refuses_what_is_no_budget
def audit_rule(honest_scores, budget):
    if budget > 1:
        budget /= 100
    if not 0 < budget < 1:
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
    return np.where(scores > threshold, 1.0, np.where(scores == threshold, share, 0.0))
