# right: scipy's binomtest for the interval, logarithms for the rest
# loses: none
def wilson_interval(events, rollouts, confidence=0.95):
    if rollouts < 1 or not 0 <= events <= rollouts:
        raise ValueError("impossible counts")
    interval = stats.binomtest(events, rollouts).proportion_ci(confidence, method="wilson")
    return interval.low, interval.high


def zero_events_bound(rollouts, confidence=0.95):
    return -math.expm1(math.log1p(-confidence) / rollouts)


def rollouts_needed(rate, probability=0.95):
    if not 0 < rate < 1:
        raise ValueError("impossible rate")
    return math.ceil(math.log(1 - probability) / math.log(1 - rate))
