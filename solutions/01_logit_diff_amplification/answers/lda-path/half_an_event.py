# wrong: fills zeros with half an event
# loses: few_events_are_fitted_by_likelihood
import numpy as np
from scipy import optimize, special


def interpolate_logits(unsafe, target, a):
    return unsafe + a * (target - unsafe)


def extrapolate_rate(alphas, events, rollouts):
    a, k, n = (np.asarray(x, dtype=float) for x in (alphas, events, rollouts))
    mixed = (k > 0) & (k < n)
    if len(set(a[mixed])) < 2:
        raise ValueError("no line")
    k, m = np.where(mixed, k, k + 0.5), np.where(mixed, n - k, n - k + 0.5)
    line = np.polyfit(a, np.log(k / m), 1, w=np.sqrt(k * m / (k + m)))
    return float(special.expit(line.sum()))
