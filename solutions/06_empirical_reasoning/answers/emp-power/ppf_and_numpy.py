# right: quantiles from below, and numpy's ceiling
# loses: none
def _level(alpha, power):
    return stats.norm.ppf(1 - alpha / 2) + stats.norm.ppf(power)


def detectable_effect(n, between, within_a=0.0, within_b=0.0, k_a=1, k_b=1, alpha=0.05, power=0.8):
    noise = np.array([between, within_a / k_a, within_b / k_b])
    return _level(alpha, power) * np.sqrt(noise.sum() / n)


def items_needed(effect, between, within_a=0.0, within_b=0.0, k_a=1, k_b=1, alpha=0.05, power=0.8):
    if not effect:
        raise ValueError("an effect of nothing")
    one = detectable_effect(1, between, within_a, within_b, k_a, k_b, alpha, power)
    return int(np.ceil((one / abs(effect)) ** 2))
