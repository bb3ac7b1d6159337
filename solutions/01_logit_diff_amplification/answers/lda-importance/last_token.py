# wrong: weighs only the last token
# loses: fresh_random_answers, nothing_sampled_weighs_nothing
def log_weights(before, after, rows, prompt_len, alpha):
    la, lb = (m(rows)[:, -2].double() for m in (after, before))
    ratio = la.log_softmax(-1) - (la + alpha * (la - lb)).log_softmax(-1)
    return ratio.gather(-1, rows[:, -1:])[..., 0]


def estimate_rate(log_w, hits):
    if log_w.ndim != 1 or log_w.shape != hits.shape or len(log_w) < 2:
        raise ValueError("shapes")
    log_w = log_w.double()
    x = torch.where(hits, log_w.exp(), 0.0)
    return float(x.mean()), float(x.std() / len(x) ** 0.5), float((2 * log_w.logsumexp(0) - (2 * log_w).logsumexp(0)).exp())
