# wrong: reads the line off at a = 0
# loses: finds_a_straight_line, fresh_lines, few_events_are_fitted_by_likelihood
import numpy as np
from scipy import optimize, special


def interpolate_logits(unsafe, target, a):
    return unsafe + a * (target - unsafe)


def extrapolate_rate(alphas, events, rollouts):
    a, k, n = (np.asarray(x, dtype=float) for x in (alphas, events, rollouts))
    mixed = (k > 0) & (k < n)
    if len(set(a[mixed])) < 2:
        raise ValueError("no line")
    loss = lambda b: (k * np.logaddexp(0, -b[0] - b[1] * a) + (n - k) * np.logaddexp(0, b[0] + b[1] * a)).sum()
    return float(special.expit(optimize.minimize(loss, [-1, -1]).x[0]))
