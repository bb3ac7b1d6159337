# right: cross-entropies of the answer under both distributions; weights shifted by the largest
# loses: none
def log_weights(before, after, rows, prompt_len, alpha):
    la, lb, new = after(rows)[:, prompt_len - 1 : -1], before(rows)[:, prompt_len - 1 : -1], rows[:, prompt_len:]
    if not new.shape[1]:
        return torch.zeros(len(rows))
    minus = [torch.nn.functional.cross_entropy(l.transpose(1, 2), new, reduction="none") for l in (la, amplify_logits(lb, la, alpha))]
    return (minus[1] - minus[0]).sum(1)


def estimate_rate(log_w, hits):
    if log_w.dim() != 1 or hits.shape != log_w.shape or log_w.shape[0] < 2:
        raise ValueError(f"shapes {log_w.shape} and {hits.shape}")
    shifted = (log_w.double() - log_w.max()).exp()
    values = [math.exp(w) if h else 0.0 for w, h in zip(log_w.tolist(), hits.tolist())]
    mean = sum(values) / len(values)
    variance = sum((v - mean) ** 2 for v in values) / (len(values) - 1)
    return mean, math.sqrt(variance / len(values)), float(shifted.sum() ** 2 / shifted.pow(2).sum())
