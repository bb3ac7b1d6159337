# wrong: subtracts the model from the control
# loses: known_difference, fresh_differences, turns_its_sign_with_the_models
def rate_difference(events, rollouts, control_events, control_rollouts, confidence=0.95):
    l1, u1 = wilson_interval(events, rollouts, confidence)
    l2, u2 = wilson_interval(control_events, control_rollouts, confidence)
    p1, p2 = events / rollouts, control_events / control_rollouts
    low = p1 - p2 - math.hypot(p1 - l1, u2 - p2)
    high = p1 - p2 + math.hypot(u1 - p1, p2 - l2)
    return p2 - p1, -high, -low
