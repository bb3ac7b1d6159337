# wrong: divides by the sum of the weights
# loses: four_weighted_answers, fresh_weights
def log_weights(before, after, rows, prompt_len, alpha):
    la, lb = (m(rows)[:, prompt_len - 1 : -1].double() for m in (after, before))
    ratio = la.log_softmax(-1) - (la + alpha * (la - lb)).log_softmax(-1)
    return ratio.gather(-1, rows[:, prompt_len:, None])[..., 0].sum(-1)


def estimate_rate(log_w, hits):
    if log_w.ndim != 1 or log_w.shape != hits.shape or len(log_w) < 2:
        raise ValueError("shapes")
    w = (log_w.double() - log_w.max()).exp()
    w = w / w.sum()
    rate = (w * hits).sum()
    return float(rate), float((w**2 * (hits.double() - rate) ** 2).sum().sqrt()), float(1 / (w**2).sum())
