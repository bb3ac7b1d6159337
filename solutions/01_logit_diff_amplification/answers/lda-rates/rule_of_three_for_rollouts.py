# wrong: takes 3/rate for the rollouts, whatever the probability
# loses: a_coin_needs_five_flips, rollouts_at_rare_rates
def wilson_interval(events, rollouts, confidence=0.95):
    if rollouts < 1 or not 0 <= events <= rollouts:
        raise ValueError("impossible counts")
    interval = stats.binomtest(events, rollouts).proportion_ci(confidence, method="wilson")
    return interval.low, interval.high


def zero_events_bound(rollouts, confidence=0.95):
    return 1 - (1 - confidence) ** (1 / rollouts)


def rollouts_needed(rate, probability=0.95):
    if not 0 < rate < 1:
        raise ValueError("impossible rate")
    return math.ceil(3 / rate)
