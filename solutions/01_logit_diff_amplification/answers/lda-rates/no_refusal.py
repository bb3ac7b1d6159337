# wrong: computes on with impossible counts
# loses: refuses_counts_that_cannot_be
def wilson_interval(events, rollouts, confidence=0.95):
    n, z = max(rollouts, 1), stats.norm.ppf(0.5 + confidence / 2)
    p = min(max(events / n, 0.0), 1.0)
    centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return max(0.0, centre - half), min(1.0, centre + half)


def zero_events_bound(rollouts, confidence=0.95):
    return 1 - (1 - confidence) ** (1 / rollouts)


def rollouts_needed(rate, probability=0.95):
    if not 0 < rate < 1:
        raise ValueError("impossible rate")
    return math.ceil(math.log(1 - probability) / math.log(1 - rate))
