# wrong: has 5 % and 80 % written into it
# loses: other_levels
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
    z = 1.959964 + 0.841621
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
    z = 1.959964 + 0.841621
    return z * math.sqrt((between + within_a / k_a + within_b / k_b) / n)
