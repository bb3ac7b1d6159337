# wrong: applies the continuity correction
# loses: wilson_at_a_known_case, wilson_at_fresh_counts, wilson_at_the_edges
def wilson_interval(events, rollouts, confidence=0.95):
    if rollouts < 1 or not 0 <= events <= rollouts:
        raise ValueError("impossible counts")
    interval = stats.binomtest(events, rollouts).proportion_ci(confidence, method="wilsoncc")
    return interval.low, interval.high


def zero_events_bound(rollouts, confidence=0.95):
    return 1 - (1 - confidence) ** (1 / rollouts)


def rollouts_needed(rate, probability=0.95):
    if not 0 < rate < 1:
        raise ValueError("impossible rate")
    return math.ceil(math.log(1 - probability) / math.log(1 - rate))
