# wrong: a weighted line through the log-odds, places without an event left out
# loses: a_zero_is_information, few_events_are_fitted_by_likelihood
import numpy as np
from scipy import optimize, special


def interpolate_logits(unsafe, target, a):
    return unsafe + a * (target - unsafe)


def extrapolate_rate(alphas, events, rollouts):
    a, k, n = (np.asarray(x, dtype=float) for x in (alphas, events, rollouts))
    mixed = (k > 0) & (k < n)
    if len(set(a[mixed])) < 2:
        raise ValueError("no line")
    a, k, n = a[mixed], k[mixed], n[mixed]
    line = np.polyfit(a, np.log(k / (n - k)), 1, w=np.sqrt(k * (n - k) / n))
    return float(special.expit(line.sum()))
