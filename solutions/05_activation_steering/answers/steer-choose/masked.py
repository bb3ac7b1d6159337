# right: minus infinity in place of what is too dear
# loses: none
def choose_setting(effects, costs, budget):
    affordable = np.where(np.asarray(costs) <= budget, effects, -np.inf)
    if np.isneginf(affordable).all():
        raise ValueError("nothing within the budget")
    return np.argmax(affordable)


def selection_p_value(effects, costs, null_effects, null_costs, budget):
    real = effects[choose_setting(effects, costs, budget)]
    # a draw reaches the real effect if any setting does that it can pay for
    return (1 + ((null_effects >= real) & (null_costs <= budget)).any(axis=1).sum()) / (1 + len(null_costs))
