# wrong: a line in the logarithm of the rate, not in the log-odds
# loses: finds_a_straight_line, fresh_lines
import numpy as np
from scipy import optimize, special


def interpolate_logits(unsafe, target, a):
    return unsafe + a * (target - unsafe)


def extrapolate_rate(alphas, events, rollouts):
    a, k, n = (np.asarray(x, dtype=float) for x in (alphas, events, rollouts))
    mixed = (k > 0) & (k < n)
    if len(set(a[mixed])) < 2:
        raise ValueError("no line")
    line = np.polyfit(a[mixed], np.log(k[mixed] / n[mixed]), 1, w=np.sqrt(k[mixed]))
    return float(np.exp(line.sum()))
