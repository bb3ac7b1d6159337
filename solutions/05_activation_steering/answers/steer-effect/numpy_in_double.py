# right: in double precision by numpy, with arrays of one number for the interval
# loses: none
def log_odds(logits, positive, negative):
    flat = logits.double()
    return (torch.logsumexp(flat[..., positive], dim=-1) - torch.logsumexp(flat[..., negative], dim=-1)).float()


def wrong_way(effects, confidence=0.95):
    wrong = np.sign(np.asarray(effects, dtype=np.float64)) == -1
    if not len(wrong):
        raise ValueError("no effects, no share")
    n, share, z = len(wrong), np.mean(wrong), stats.norm.interval(confidence)[1]
    a, b = 2 * n * share + z**2, z * np.sqrt(z**2 + 4 * n * share * (1 - share))
    return share, np.maximum(0, (a - b) / (2 * (n + z**2))), np.minimum(1, (a + b) / (2 * (n + z**2)))
