# wrong: k / n: the effect itself is not one of the draws
# loses: draws_choose_for_themselves, reached_is_enough, fresh_draws, an_effect_has_a_sign
def choose_setting(effects, costs, budget):
    effects, costs = np.asarray(effects, dtype=float), np.asarray(costs, dtype=float)
    allowed = np.flatnonzero(costs <= budget)
    if len(allowed) == 0:
        raise ValueError(f"every setting costs more than {budget}")
    return int(allowed[effects[allowed].argmax()])


def selection_p_value(effects, costs, null_effects, null_costs, budget):
    chosen = effects[choose_setting(effects, costs, budget)]
    best = np.where(null_costs <= budget, null_effects, -np.inf).max(axis=1)
    return float((best >= chosen).mean())
