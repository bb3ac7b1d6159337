# wrong: never fails: falls back on the cheapest setting
# loses: refuses_an_empty_choice
def choose_setting(effects, costs, budget):
    effects, costs = np.asarray(effects, dtype=float), np.asarray(costs, dtype=float)
    allowed = np.flatnonzero(costs <= budget)
    if len(allowed) == 0:
        return int(costs.argmin())
    return int(allowed[effects[allowed].argmax()])


def selection_p_value(effects, costs, null_effects, null_costs, budget):
    chosen = effects[choose_setting(effects, costs, budget)]
    best = np.where(null_costs <= budget, null_effects, -np.inf).max(axis=1)
    return float((1 + (best >= chosen).sum()) / (1 + len(best)))
