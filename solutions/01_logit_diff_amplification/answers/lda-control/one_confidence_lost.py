# wrong: passes the confidence to one interval only
# loses: follows_the_confidence
def rate_difference(events, rollouts, control_events, control_rollouts, confidence=0.95):
    l1, u1 = wilson_interval(events, rollouts, confidence)
    l2, u2 = wilson_interval(control_events, control_rollouts)
    p1, p2 = events / rollouts, control_events / control_rollouts
    low = p1 - p2 - math.hypot(p1 - l1, u2 - p2)
    high = p1 - p2 + math.hypot(u1 - p1, p2 - l2)
    return p1 - p2, low, high
