# wrong: forgets the number of answers
# loses: there_and_back, noise_within_items, a_plan_keeps_its_promise
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
    z = stats.norm.isf(alpha / 2) + stats.norm.isf(1 - power)
    return math.ceil(z**2 * (between + within_a + within_b) / effect**2)


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
    z = stats.norm.isf(alpha / 2) + stats.norm.isf(1 - power)
    return z * math.sqrt((between + within_a + within_b) / n)
