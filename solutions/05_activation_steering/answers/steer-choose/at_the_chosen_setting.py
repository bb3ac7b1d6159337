# wrong: compares with the draws at the setting that the real vector chose: the p-value of the cell before
# loses: draws_choose_for_themselves, fresh_draws
def choose_setting(effects, costs, budget):
    effects, costs = np.asarray(effects, dtype=float), np.asarray(costs, dtype=float)
    allowed = np.flatnonzero(costs <= budget)
    if len(allowed) == 0:
        raise ValueError(f"every setting costs more than {budget}")
    return int(allowed[effects[allowed].argmax()])


def selection_p_value(effects, costs, null_effects, null_costs, budget):
    i = choose_setting(effects, costs, budget)
    here = np.where(null_costs[:, i] <= budget, null_effects[:, i], -np.inf)
    return float((1 + (here >= effects[i]).sum()) / (1 + len(here)))
