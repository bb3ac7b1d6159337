# wrong: takes the one-sided quantile 1.64 for z
# loses: wilson_at_a_known_case, wilson_at_fresh_counts, wilson_at_the_edges
def wilson_interval(events, rollouts, confidence=0.95):
    if rollouts < 1 or not 0 <= events <= rollouts:
        raise ValueError("impossible counts")
    z, p = stats.norm.ppf(confidence), events / rollouts
    centre = (p + z * z / (2 * rollouts)) / (1 + z * z / rollouts)
    half = z * math.sqrt(p * (1 - p) / rollouts + z * z / (4 * rollouts**2)) / (1 + z * z / rollouts)
    return max(0.0, centre - half), min(1.0, centre + half)


def zero_events_bound(rollouts, confidence=0.95):
    return 1 - (1 - confidence) ** (1 / rollouts)


def rollouts_needed(rate, probability=0.95):
    if not 0 < rate < 1:
        raise ValueError("impossible rate")
    return math.ceil(math.log(1 - probability) / math.log(1 - rate))
