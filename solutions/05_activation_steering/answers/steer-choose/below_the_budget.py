# wrong: thinks that a budget must not be used up
# loses: the_largest_within_the_budget, the_budget_itself_is_allowed
def choose_setting(effects, costs, budget):
    effects, costs = np.asarray(effects, dtype=float), np.asarray(costs, dtype=float)
    allowed = np.flatnonzero(costs < budget)
    if len(allowed) == 0:
        raise ValueError(f"every setting costs more than {budget}")
    return int(allowed[effects[allowed].argmax()])


def selection_p_value(effects, costs, null_effects, null_costs, budget):
    chosen = effects[choose_setting(effects, costs, budget)]
    best = np.where(null_costs < budget, null_effects, -np.inf).max(axis=1)
    return float((1 + (best >= chosen).sum()) / (1 + len(best)))
