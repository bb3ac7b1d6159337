# wrong: takes 3/n as if it were exact
# loses: bound_at_fresh_sizes
def wilson_interval(events, rollouts, confidence=0.95):
    if rollouts < 1 or not 0 <= events <= rollouts:
        raise ValueError("impossible counts")
    interval = stats.binomtest(events, rollouts).proportion_ci(confidence, method="wilson")
    return interval.low, interval.high


def zero_events_bound(rollouts, confidence=0.95):
    return 3 / rollouts


def rollouts_needed(rate, probability=0.95):
    if not 0 < rate < 1:
        raise ValueError("impossible rate")
    return math.ceil(math.log(1 - probability) / math.log(1 - rate))
