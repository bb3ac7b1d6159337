# wrong: least squares in which a place with two events weighs as much as one with two hundred
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
    line = np.polyfit(a[mixed], special.logit(k[mixed] / n[mixed]), 1)
    return float(special.expit(line.sum()))
