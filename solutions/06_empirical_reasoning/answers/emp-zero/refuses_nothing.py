# wrong: has no test of its input
# loses: nothing_to_test, refuses_no_rollouts
def upper_bound(n: int, confidence: float = 0.95) -> float:
    return 1 - (1 - confidence) ** (1 / n)


def rollouts_needed(rate: float, confidence: float = 0.95) -> int:
    rate = min(max(rate, 1e-12), 1 - 1e-12)
    return math.ceil(math.log(1 - confidence) / math.log1p(-rate))


def chance_hidden(rate: float, n: int) -> float:
    return (1 - rate) ** n
