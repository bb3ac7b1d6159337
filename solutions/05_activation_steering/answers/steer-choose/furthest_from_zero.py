# wrong: takes the strongest setting, whichever way it goes, for the p-value before was two-sided
# loses: the_largest_within_the_budget, an_effect_has_a_sign
def choose_setting(effects, costs, budget):
    effects, costs = np.asarray(effects, dtype=float), np.asarray(costs, dtype=float)
    allowed = np.flatnonzero(costs <= budget)
    if len(allowed) == 0:
        raise ValueError(f"every setting costs more than {budget}")
    return int(allowed[np.abs(effects[allowed]).argmax()])


def selection_p_value(effects, costs, null_effects, null_costs, budget):
    chosen = abs(effects[choose_setting(effects, costs, budget)])
    best = np.where(null_costs <= budget, np.abs(null_effects), -np.inf).max(axis=1)
    return float((1 + (best >= chosen).sum()) / (1 + len(best)))
