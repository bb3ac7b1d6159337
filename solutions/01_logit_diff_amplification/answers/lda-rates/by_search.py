# right: solves the quadratic for Wilson, bisects for the bound, searches for n
# loses: none
def wilson_interval(events, rollouts, confidence=0.95):
    if rollouts <= 0 or events < 0 or events > rollouts:
        raise ValueError("these counts can't be")
    z = stats.norm.isf((1 - confidence) / 2)
    p, c = events / rollouts, z * z / rollouts
    a, b = 1 + c, 2 * p + c  # (p - x)^2 = c x (1 - x)
    root = math.sqrt(max(b * b - 4 * a * p * p, 0.0))
    return [max(0.0, (b - root) / (2 * a)), min(1.0, (b + root) / (2 * a))]


def zero_events_bound(rollouts, confidence=0.95):
    low, high = 0.0, 1.0
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if (1 - middle) ** rollouts > 1 - confidence else (low, middle)
    return high


def rollouts_needed(rate, probability=0.95):
    if rate <= 0 or rate >= 1:
        raise ValueError("a rate lies between 0 and 1")
    high = 1
    while 1 - (1 - rate) ** high < probability:
        high *= 2
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if 1 - (1 - rate) ** middle < probability else (low, middle)
    return high
