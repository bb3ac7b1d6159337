# right: doubles and halves until the plan is just enough
# loses: none
def detectable_effect(n, between, within_a=0.0, within_b=0.0, k_a=1, k_b=1, alpha=0.05, power=0.8):
    z = stats.norm.isf(alpha / 2) - stats.norm.isf(power)
    return z * ((between + within_a / k_a + within_b / k_b) / n) ** 0.5


def items_needed(effect, between, within_a=0.0, within_b=0.0, k_a=1, k_b=1, alpha=0.05, power=0.8):
    if effect == 0.0:
        raise ValueError("zero")
    rest = (between, within_a, within_b, k_a, k_b, alpha, power)
    low, high = 0, 1
    while detectable_effect(high, *rest) > abs(effect):
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if detectable_effect(middle, *rest) > abs(effect) else (low, middle)
    return high
