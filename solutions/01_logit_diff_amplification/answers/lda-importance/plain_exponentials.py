# wrong: leaves the logarithms at once, so small weights become 0 / 0
# loses: extreme_weights
def log_weights(before, after, rows, prompt_len, alpha):
    la, lb = (m(rows)[:, prompt_len - 1 : -1].double() for m in (after, before))
    ratio = la.log_softmax(-1) - (la + alpha * (la - lb)).log_softmax(-1)
    return ratio.gather(-1, rows[:, prompt_len:, None])[..., 0].sum(-1)


def estimate_rate(log_w, hits):
    if log_w.ndim != 1 or log_w.shape != hits.shape or len(log_w) < 2:
        raise ValueError("shapes")
    w = log_w.double().exp()
    x = torch.where(hits, w, 0.0)
    return float(x.mean()), float(x.std() / len(x) ** 0.5), float(w.sum() ** 2 / (w**2).sum())
