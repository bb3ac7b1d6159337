# wrong: lets the draws take what they like: their best is larger, so this looks like the strict choice
# loses: draws_choose_for_themselves, fresh_draws
def choose_setting(effects, costs, budget):
    effects, costs = np.asarray(effects, dtype=float), np.asarray(costs, dtype=float)
    allowed = np.flatnonzero(costs <= budget)
    if len(allowed) == 0:
        raise ValueError(f"every setting costs more than {budget}")
    return int(allowed[effects[allowed].argmax()])


def selection_p_value(effects, costs, null_effects, null_costs, budget):
    chosen = effects[choose_setting(effects, costs, budget)]
    best = null_effects.max(axis=1)
    return float((1 + (best >= chosen).sum()) / (1 + len(best)))
