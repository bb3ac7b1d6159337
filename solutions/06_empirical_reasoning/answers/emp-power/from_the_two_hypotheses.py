# right: from where the threshold lies under either hypothesis, with the standard library's normal
# loses: none
def items_needed(effect, between, within_a=0.0, within_b=0.0, k_a=1, k_b=1, alpha=0.05, power=0.8):
    if abs(effect) == 0:
        raise ValueError("nothing to find")
    from statistics import NormalDist

    false_alarm, miss = -NormalDist().inv_cdf(alpha / 2), -NormalDist().inv_cdf(1 - power)
    sd = (between + within_a / k_a + within_b / k_b) ** 0.5
    return math.ceil(((false_alarm + miss) * sd / effect) ** 2)


def detectable_effect(n, between, within_a=0.0, within_b=0.0, k_a=1, k_b=1, alpha=0.05, power=0.8):
    from statistics import NormalDist

    se = ((between + within_a / k_a + within_b / k_b) / n) ** 0.5
    return (NormalDist().inv_cdf(1 - alpha / 2) + NormalDist().inv_cdf(power)) * se
