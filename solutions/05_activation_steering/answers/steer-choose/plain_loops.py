# right: loops, without numpy
# loses: none
def choose_setting(effects, costs, budget):
    best = None
    for i, (effect, cost) in enumerate(zip(effects, costs)):
        if cost <= budget and (best is None or effect > effects[best]):
            best = i
    if best is None:
        raise ValueError("nothing within the budget")
    return best


def selection_p_value(effects, costs, null_effects, null_costs, budget):
    real = effects[choose_setting(effects, costs, budget)]
    reached = 0
    for row, prices in zip(null_effects, null_costs):
        try:
            reached += row[choose_setting(row, prices, budget)] >= real
        except ValueError:
            pass
    return (1 + reached) / (1 + len(null_effects))
