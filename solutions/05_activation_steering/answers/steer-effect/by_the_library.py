# right: shifts by the largest logit, and asks scipy for the interval
# loses: none
def log_odds(logits, positive, negative):
    def total(ids):
        chosen = logits[..., ids]
        top = chosen.max(dim=-1, keepdim=True).values
        return (chosen - top).exp().sum(dim=-1).log() + top[..., 0]

    return total(positive) - total(negative)


def wrong_way(effects, confidence=0.95):
    effects = np.asarray(effects).ravel()
    if effects.size == 0:
        raise ValueError("no effects")
    k = int(np.count_nonzero(effects < 0))
    interval = stats.binomtest(k, effects.size).proportion_ci(confidence_level=confidence, method="wilson")
    return k / effects.size, float(interval.low), float(interval.high)
