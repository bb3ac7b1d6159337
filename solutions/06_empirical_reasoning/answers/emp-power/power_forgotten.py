# wrong: leaves out the z of the power, so that it is found half of the time
# loses: five_points, there_and_back, just_enough_items, noise_within_items, other_levels, four_times_for_half, effects_of_either_sign, a_plan_keeps_its_promise
def items_needed(
    effect: float,
    between: float,
    within_a: float = 0.0,
    within_b: float = 0.0,
    k_a: int = 1,
    k_b: int = 1,
    alpha: float = 0.05,
    power: float = 0.8,
) -> int:
    if effect == 0:
        raise ValueError("no number of items finds a difference of nothing")
    z = stats.norm.isf(alpha / 2)
    return math.ceil(z**2 * (between + within_a / k_a + within_b / k_b) / effect**2)


def detectable_effect(
    n: int,
    between: float,
    within_a: float = 0.0,
    within_b: float = 0.0,
    k_a: int = 1,
    k_b: int = 1,
    alpha: float = 0.05,
    power: float = 0.8,
) -> float:
    z = stats.norm.isf(alpha / 2)
    return z * math.sqrt((between + within_a / k_a + within_b / k_b) / n)
