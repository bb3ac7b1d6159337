# right: Nelder-Mead on scipy's binomial log-probabilities
# loses: none
import numpy as np
from scipy import optimize, special


def interpolate_logits(unsafe, target, a):
    return torch.lerp(unsafe, target, a)


def extrapolate_rate(alphas, events, rollouts):
    points = list(zip(alphas, events, rollouts))
    if len({a for a, k, n in points if k not in (0, n)}) <= 1:
        raise ValueError("no line is determined")

    def loss(line):
        total = 0.0
        for a, k, n in points:
            z = line[0] + line[1] * a
            total -= k * special.log_expit(z) + (n - k) * special.log_expit(-z)
        return total

    found = optimize.minimize(loss, [0.0, -1.0], method="Nelder-Mead", options={"xatol": 1e-8, "fatol": 1e-10, "maxiter": 4000})
    return 1 / (1 + np.exp(-found.x.sum()))
