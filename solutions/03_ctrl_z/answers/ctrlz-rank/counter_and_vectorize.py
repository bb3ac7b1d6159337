# right: a Counter for the groups, and a function of one score for all
# loses: none
def audit_rule(honest_scores, budget):
    from collections import Counter

    if not 0 < budget <= 1:
        raise ValueError("budget")
    groups = Counter(np.asarray(honest_scores).tolist())
    n, spent = sum(groups.values()), 0
    for score in sorted(groups, reverse=True):
        if spent + groups[score] >= budget * n:
            return score, (budget * n - spent) / groups[score]
        spent += groups[score]
    return min(groups), 1


def audit_probability(scores, rule):
    threshold, share = rule

    def one(score):
        if score > threshold:
            return 1.0
        return share if score == threshold else 0.0

    return np.vectorize(one, otypes=[float])(np.asarray(scores))
