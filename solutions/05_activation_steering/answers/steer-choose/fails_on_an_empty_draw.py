# wrong: asks choose_setting for each draw and lets its error through
# loses: a_draw_without_a_choice
def choose_setting(effects, costs, budget):
    effects, costs = np.asarray(effects, dtype=float), np.asarray(costs, dtype=float)
    allowed = np.flatnonzero(costs <= budget)
    if len(allowed) == 0:
        raise ValueError(f"every setting costs more than {budget}")
    return int(allowed[effects[allowed].argmax()])


def selection_p_value(effects, costs, null_effects, null_costs, budget):
    chosen = effects[choose_setting(effects, costs, budget)]
    best = [e[choose_setting(e, c, budget)] for e, c in zip(null_effects, null_costs)]
    return (1 + sum(b >= chosen for b in best)) / (1 + len(best))
