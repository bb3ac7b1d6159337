# right: goes down the settings in order of effect until one is cheap enough; masked arrays for the draws
# loses: none
def choose_setting(effects, costs, budget):
    for i in np.argsort(-np.asarray(effects), kind="stable"):
        if costs[i] <= budget:
            return int(i)
    raise ValueError("nothing within the budget")


def selection_p_value(effects, costs, null_effects, null_costs, budget):
    own = max(e for e, c in zip(effects, costs) if c <= budget)
    best = np.ma.masked_array(null_effects, mask=~(np.asarray(null_costs) <= budget)).max(axis=1).filled(-np.inf)
    return float((np.append(best, own) >= own).mean())
