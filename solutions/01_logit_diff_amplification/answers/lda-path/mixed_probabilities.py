# wrong: mixes the probabilities of the two models instead of their logits
# loses: the_path_has_two_ends, fresh_places_on_the_path
import numpy as np
from scipy import optimize, special


def interpolate_logits(unsafe, target, a):
    return ((1 - a) * unsafe.softmax(-1) + a * target.softmax(-1)).log()


def extrapolate_rate(alphas, events, rollouts):
    a, k, n = (np.asarray(x, dtype=float) for x in (alphas, events, rollouts))
    loss = lambda b: (k * np.logaddexp(0, -b[0] - b[1] * a) + (n - k) * np.logaddexp(0, b[0] + b[1] * a)).sum()
    return float(special.expit(optimize.minimize(loss, [-1, -1]).x.sum()))
