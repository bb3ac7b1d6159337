# wrong: share plus or minus z standard errors, cut at 0 and 1
# loses: share_with_interval, fresh_shares_and_intervals, nobody_and_everybody, zero_is_not_the_wrong_way
def log_odds(logits, positive, negative):
    return logits[..., positive].logsumexp(dim=-1) - logits[..., negative].logsumexp(dim=-1)


def wrong_way(effects, confidence=0.95):
    n = len(effects)
    if n == 0:
        raise ValueError("no effects")
    z = stats.norm.ppf(0.5 + confidence / 2)
    p = float((effects < 0).mean())
    centre = p
    half = z * math.sqrt(p * (1 - p) / n)
    return p, max(0.0, centre - half), min(1.0, centre + half)
