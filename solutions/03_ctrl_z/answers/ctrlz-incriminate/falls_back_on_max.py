# wrong: takes the maximum for any name that it does not know
# loses: refuses_an_unknown_aggregate
def aggregate(scores, how):
    if how == "first":
        return scores[:, 0]
    if how == "min":
        return scores.min(axis=1)
    if how == "mean":
        return scores.mean(axis=1)
    return scores.max(axis=1)


def catch_rate(honest, attack, how, budget):
    rule = audit_rule(aggregate(honest, how), budget)
    return audit_probability(aggregate(attack, how), rule).mean()
