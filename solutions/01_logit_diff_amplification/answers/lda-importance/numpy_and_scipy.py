# right: token by token in numpy, log-sum-exp from scipy
# loses: none
import numpy as np
from scipy.special import log_softmax, logsumexp


def log_weights(before, after, rows, prompt_len, alpha):
    with torch.no_grad():
        a, b = after(rows).double().numpy(), before(rows).double().numpy()
    total = np.zeros(len(rows))
    for position in range(prompt_len, rows.shape[1]):
        for i, token in enumerate(rows[:, position].tolist()):
            la, lb = a[i, position - 1], b[i, position - 1]
            total[i] += log_softmax(la)[token] - log_softmax(la + alpha * (la - lb))[token]
    return torch.tensor(total)


def estimate_rate(log_w, hits):
    log_w, hits = np.asarray(log_w, dtype=float), np.asarray(hits, dtype=bool)
    if log_w.ndim != 1 or log_w.shape != hits.shape or log_w.size < 2:
        raise ValueError("log_w and hits must be two rows of one length")
    n = log_w.size
    mine = np.exp(log_w[hits])
    rate = mine.sum() / n
    squares = ((mine - rate) ** 2).sum() + (n - hits.sum()) * rate**2
    return rate, np.sqrt(squares / (n - 1) / n), np.exp(2 * logsumexp(log_w) - logsumexp(2 * log_w))
