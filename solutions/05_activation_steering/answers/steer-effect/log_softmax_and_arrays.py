# right: through log_softmax, counts in plain Python, the interval as roots of a quadratic
# loses: none
def log_odds(logits, positive, negative):
    logs = torch.log_softmax(logits, -1)
    one = torch.logsumexp(logs.index_select(-1, positive), -1)
    other = torch.logsumexp(logs.index_select(-1, negative), -1)
    return one - other


def wrong_way(effects, confidence=0.95):
    effects = [float(x) for x in effects]
    if not effects:
        raise ValueError("nothing to count")
    n, k = len(effects), sum(x < 0 for x in effects)
    z2 = stats.norm.isf((1 - confidence) / 2) ** 2
    # the ends are the p at which (k/n - p)^2 = z^2 p (1 - p) / n
    low, high = sorted(np.roots([n + z2, -(2 * k + z2), k**2 / n]).real)
    return k / n, float(np.clip(low, 0, 1)), float(np.clip(high, 0, 1))
