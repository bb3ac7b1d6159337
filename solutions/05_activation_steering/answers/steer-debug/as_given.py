# wrong: the colleague's function as it is
# loses: empty_blocks_are_all_alike, fresh_models_and_requests, one_layer_at_a_time, any_dose
def layer_effects(model, positive, negative, tokens, position, sides, dose=1.0):
    return colleagues_effects(model, positive, negative, tokens, position, sides, dose)
