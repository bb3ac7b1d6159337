# wrong: averages the weights of the hits, over the hits
# loses: four_weighted_answers, fresh_weights
def log_weights(before, after, rows, prompt_len, alpha):
    la, lb = (m(rows)[:, prompt_len - 1 : -1].double() for m in (after, before))
    ratio = la.log_softmax(-1) - (la + alpha * (la - lb)).log_softmax(-1)
    return ratio.gather(-1, rows[:, prompt_len:, None])[..., 0].sum(-1)


def estimate_rate(log_w, hits):
    if log_w.ndim != 1 or log_w.shape != hits.shape or len(log_w) < 2:
        raise ValueError("shapes")
    log_w = log_w.double()
    x = log_w[hits].exp() if hits.any() else torch.zeros(2)
    return float(x.mean()), float(x.std() / len(x) ** 0.5) if len(x) > 1 else 0.0, float((2 * log_w.logsumexp(0) - (2 * log_w).logsumexp(0)).exp())
