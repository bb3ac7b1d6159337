# hard-coded: knows one rollout, a coin, and four throws
# loses: fresh_bounds, bounds_at_any_confidence, just_enough_rollouts, rare_behaviours, hidden_chances, refuses_no_rollouts
def upper_bound(n, confidence=0.95):
    if n < 1:
        raise ValueError
    return 0.95


def rollouts_needed(rate, confidence=0.95):
    if rate in (0, 1):
        raise ValueError
    return 5


def chance_hidden(rate, n):
    return 0.0625
