# right: cumulative shares of the groups, and a search for the budget
# loses: none
def audit_rule(honest_scores, budget):
    if not (budget > 0 and budget <= 1):
        raise ValueError("budget")
    values, counts = np.unique(np.asarray(honest_scores), return_counts=True)
    values, shares = values[::-1], counts[::-1] / counts.sum()
    reached = np.cumsum(shares)
    reached[-1] = 1.0
    k = int(np.searchsorted(reached, budget))
    return values[k], (budget - (reached[k - 1] if k else 0.0)) / shares[k]


def audit_probability(scores, rule):
    return np.select([np.greater(scores, rule[0]), np.equal(scores, rule[0])], [1.0, rule[1]], 0.0)
