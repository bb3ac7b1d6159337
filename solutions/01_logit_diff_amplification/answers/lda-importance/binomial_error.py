# wrong: the standard error of a count, sqrt(p (1 - p) / n), for weighted answers
# loses: four_weighted_answers, fresh_weights
def log_weights(before, after, rows, prompt_len, alpha):
    la, lb = (m(rows)[:, prompt_len - 1 : -1].double() for m in (after, before))
    ratio = la.log_softmax(-1) - (la + alpha * (la - lb)).log_softmax(-1)
    return ratio.gather(-1, rows[:, prompt_len:, None])[..., 0].sum(-1)


def estimate_rate(log_w, hits):
    if log_w.ndim != 1 or log_w.shape != hits.shape or len(log_w) < 2:
        raise ValueError("shapes")
    log_w = log_w.double()
    rate = float(torch.where(hits, log_w.exp(), 0.0).mean())
    ess = float((2 * log_w.logsumexp(0) - (2 * log_w).logsumexp(0)).exp())
    return rate, abs(rate * (1 - rate) / len(log_w)) ** 0.5, ess
