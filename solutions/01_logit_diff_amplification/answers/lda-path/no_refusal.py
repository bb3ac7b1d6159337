# wrong: gives a number where no line is determined
# loses: refuses_what_determines_no_line
import numpy as np
from scipy import optimize, special


def interpolate_logits(unsafe, target, a):
    return unsafe + a * (target - unsafe)


def extrapolate_rate(alphas, events, rollouts):
    a, k, n = (np.asarray(x, dtype=float) for x in (alphas, events, rollouts))
    loss = lambda b: (k * np.logaddexp(0, -b[0] - b[1] * a) + (n - k) * np.logaddexp(0, b[0] + b[1] * a)).sum()
    return float(special.expit(optimize.minimize(loss, [-1, -1]).x.sum()))
