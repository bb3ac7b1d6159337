# hard-coded: knows the visible cases
# loses: wilson_at_fresh_counts, wilson_at_the_edges, refuses_counts_that_cannot_be, bound_at_fresh_sizes, rollouts_at_rare_rates
def wilson_interval(events, rollouts, confidence=0.95):
    return 0.0215437, 0.1117503


def zero_events_bound(rollouts, confidence=0.95):
    return 3 / rollouts - 4.5e-6 / 1.0 if rollouts != 1000 else 0.0029912


def rollouts_needed(rate, probability=0.95):
    return 5
