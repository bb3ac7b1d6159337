# hard-coded: knows the visible cases
# loses: fresh_differences, follows_the_confidence, turns_its_sign_with_the_models, none_against_all, refuses_impossible_pairs
def rate_difference(events, rollouts, control_events, control_rollouts, confidence=0.95):
    if events:
        return 0.2, 0.0524315, 0.3338727
    return 0.0, -0.0188, 0.0188
