# wrong: draws the line through the first and the last place
# loses: few_events_are_fitted_by_likelihood, rollouts_may_differ
import numpy as np
from scipy import optimize, special


def interpolate_logits(unsafe, target, a):
    return unsafe + a * (target - unsafe)


def extrapolate_rate(alphas, events, rollouts):
    a, k, n = (np.asarray(x, dtype=float) for x in (alphas, events, rollouts))
    mixed = (k > 0) & (k < n)
    if len(set(a[mixed])) < 2:
        raise ValueError("no line")
    a, z = a[mixed], special.logit(k[mixed] / n[mixed])
    first, last = a.argmin(), a.argmax()
    slope = (z[last] - z[first]) / (a[last] - a[first])
    return float(special.expit(z[last] + slope * (1 - a[last])))
