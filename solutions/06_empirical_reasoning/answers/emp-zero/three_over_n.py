# wrong: takes the rule of three for the bound
# loses: one_rollout, fresh_bounds, bounds_at_any_confidence
def upper_bound(n: int, confidence: float = 0.95) -> float:
    if n < 1:
        raise ValueError("no rollouts, no bound")
    return 3 / n


def rollouts_needed(rate: float, confidence: float = 0.95) -> int:
    if not 0 < rate < 1:
        raise ValueError(f"a rate of {rate} needs no test, or can't be ruled out")
    return math.ceil(math.log(1 - confidence) / math.log1p(-rate))


def chance_hidden(rate: float, n: int) -> float:
    return (1 - rate) ** n
