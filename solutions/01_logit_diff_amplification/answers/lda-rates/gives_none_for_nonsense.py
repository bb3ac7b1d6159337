# wrong: gives nan for impossible counts instead of an error
# loses: refuses_counts_that_cannot_be
def wilson_interval(events, rollouts, confidence=0.95):
    if rollouts < 1 or not 0 <= events <= rollouts:
        return float("nan"), float("nan")
    interval = stats.binomtest(events, rollouts).proportion_ci(confidence, method="wilson")
    return interval.low, interval.high


def zero_events_bound(rollouts, confidence=0.95):
    return 1 - (1 - confidence) ** (1 / rollouts)


def rollouts_needed(rate, probability=0.95):
    if not 0 < rate < 1:
        return 0
    return math.ceil(math.log(1 - probability) / math.log(1 - rate))
