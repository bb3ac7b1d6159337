# wrong: takes the best of all and looks at the cost afterwards
# loses: the_largest_within_the_budget, fresh_settings, refuses_an_empty_choice
def choose_setting(effects, costs, budget):
    return int(np.argmax(effects))


def selection_p_value(effects, costs, null_effects, null_costs, budget):
    chosen = effects[choose_setting(effects, costs, budget)]
    best = np.where(null_costs <= budget, null_effects, -np.inf).max(axis=1)
    return float((1 + (best >= chosen).sum()) / (1 + len(best)))
