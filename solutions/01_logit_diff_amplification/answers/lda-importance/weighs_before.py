# wrong: weighs back to the model before fine-tuning
# loses: no_amplification_no_weight, one_sampled_token, fresh_random_answers
def log_weights(before, after, rows, prompt_len, alpha):
    la, lb = (m(rows)[:, prompt_len - 1 : -1].double() for m in (after, before))
    ratio = lb.log_softmax(-1) - (la + alpha * (la - lb)).log_softmax(-1)
    return ratio.gather(-1, rows[:, prompt_len:, None])[..., 0].sum(-1)


def estimate_rate(log_w, hits):
    if log_w.ndim != 1 or log_w.shape != hits.shape or len(log_w) < 2:
        raise ValueError("shapes")
    log_w = log_w.double()
    x = torch.where(hits, log_w.exp(), 0.0)
    return float(x.mean()), float(x.std() / len(x) ** 0.5), float((2 * log_w.logsumexp(0) - (2 * log_w).logsumexp(0)).exp())
