# right: plain powers of floats, and math.log of 1 - rate
# loses: none
def upper_bound(n: int, confidence: float = 0.95) -> float:
    if n < 1:
        raise ValueError("no rollouts, no bound")
    return float(1.0 - np.power(1.0 - confidence, 1.0 / n))


def rollouts_needed(rate: float, confidence: float = 0.95) -> int:
    if not 0 < rate < 1:
        raise ValueError(f"a rate of {rate} needs no test, or can't be ruled out")
    return -int(-math.log(1 - confidence) // math.log(1 - rate))


def chance_hidden(rate: float, n: int) -> float:
    return float(np.prod(np.full(n, 1.0 - rate)))
