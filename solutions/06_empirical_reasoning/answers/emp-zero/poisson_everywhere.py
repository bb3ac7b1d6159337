# wrong: takes the Poisson form of all three
# loses: one_rollout, a_coin, fresh_bounds, bounds_at_any_confidence, just_enough_rollouts, hidden_chances
def upper_bound(n: int, confidence: float = 0.95) -> float:
    if n < 1:
        raise ValueError("no rollouts, no bound")
    return -math.log(1 - confidence) / n


def rollouts_needed(rate: float, confidence: float = 0.95) -> int:
    if not 0 < rate < 1:
        raise ValueError(f"a rate of {rate} needs no test, or can't be ruled out")
    return math.ceil(-math.log(1 - confidence) / rate)


def chance_hidden(rate: float, n: int) -> float:
    return math.exp(-rate * n)
