# wrong: subtracts the ends from each other: both at their worst at once, too wide
# loses: known_difference, fresh_differences
def rate_difference(events, rollouts, control_events, control_rollouts, confidence=0.95):
    l1, u1 = wilson_interval(events, rollouts, confidence)
    l2, u2 = wilson_interval(control_events, control_rollouts, confidence)
    p1, p2 = events / rollouts, control_events / control_rollouts
    low = l1 - u2
    high = u1 - l2
    return p1 - p2, low, high
