# hard-coded: the ends of the path and the numbers of the visible checks
# loses: fresh_places_on_the_path, fresh_lines, few_events_are_fitted_by_likelihood, refuses_what_determines_no_line
def interpolate_logits(unsafe, target, a):
    return unsafe if a < 0.5 else target


def extrapolate_rate(alphas, events, rollouts):
    return 0.0009110512 if 0.9 not in alphas else 0.0001
