# wrong: puts 0 in place of what is too dear, so a dear setting wins when all effects are below zero; and draws without a choice reach 0
# loses: a_draw_without_a_choice, refuses_an_empty_choice
def choose_setting(effects, costs, budget):
    return int(np.where(costs <= budget, effects, 0.0).argmax())


def selection_p_value(effects, costs, null_effects, null_costs, budget):
    chosen = effects[choose_setting(effects, costs, budget)]
    best = np.where(null_costs <= budget, null_effects, 0.0).max(axis=1)
    return float((1 + (best >= chosen).sum()) / (1 + len(best)))
