# wrong: the textbook standard error, which says 0 +- 0 at two empty counts
# loses: known_difference, nothing_against_nothing, fresh_differences, none_against_all
def rate_difference(events, rollouts, control_events, control_rollouts, confidence=0.95):
    wilson_interval(events, rollouts), wilson_interval(control_events, control_rollouts)
    p1, p2 = events / rollouts, control_events / control_rollouts
    half = stats.norm.ppf(0.5 + confidence / 2) * math.sqrt(p1 * (1 - p1) / rollouts + p2 * (1 - p2) / control_rollouts)
    return p1 - p2, p1 - p2 - half, p1 - p2 + half
