# wrong: fits the rates and forgets how many rollouts stand behind each
# loses: rollouts_may_differ
import numpy as np
from scipy import optimize, special


def interpolate_logits(unsafe, target, a):
    return unsafe + a * (target - unsafe)


def extrapolate_rate(alphas, events, rollouts):
    a, k, n = (np.asarray(x, dtype=float) for x in (alphas, events, rollouts))
    mixed = (k > 0) & (k < n)
    if len(set(a[mixed])) < 2:
        raise ValueError("no line")
    r = k / n
    loss = lambda b: 1000 * (r * np.logaddexp(0, -b[0] - b[1] * a) + (1 - r) * np.logaddexp(0, b[0] + b[1] * a)).sum()
    return float(special.expit(optimize.minimize(loss, [-1, -1]).x.sum()))
