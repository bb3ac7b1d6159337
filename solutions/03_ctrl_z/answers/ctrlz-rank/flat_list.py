# wrong: gives a flat list of probabilities, whatever the shape of the scores
# loses: scores_that_were_never_seen
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
    return np.array([1.0 if s > threshold else share if s == threshold else 0.0 for s in np.ravel(scores)])
