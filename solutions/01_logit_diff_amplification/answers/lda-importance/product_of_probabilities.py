# wrong: multiplies probabilities and takes the logarithm at the end
# loses: weights_of_very_unlikely_answers
def log_weights(before, after, rows, prompt_len, alpha):
    la, lb = (m(rows)[:, prompt_len - 1 : -1].double() for m in (after, before))
    p, q = la.softmax(-1), (la + alpha * (la - lb)).softmax(-1)
    return (p / q).gather(-1, rows[:, prompt_len:, None])[..., 0].prod(-1).log()


def estimate_rate(log_w, hits):
    if log_w.ndim != 1 or log_w.shape != hits.shape or len(log_w) < 2:
        raise ValueError("shapes")
    log_w = log_w.double()
    x = torch.where(hits, log_w.exp(), 0.0)
    return float(x.mean()), float(x.std() / len(x) ** 0.5), float((2 * log_w.logsumexp(0) - (2 * log_w).logsumexp(0)).exp())
