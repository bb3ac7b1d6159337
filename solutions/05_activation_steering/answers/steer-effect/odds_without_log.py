# wrong: forgets the log
# loses: sides_as_a_whole, log_odds_of_any_shape, improbable_sides
def log_odds(logits, positive, negative):
    p = logits.softmax(dim=-1)
    return p[..., positive].sum(dim=-1) / p[..., negative].sum(dim=-1)


def wrong_way(effects, confidence=0.95):
    n = len(effects)
    if n == 0:
        raise ValueError("no effects")
    z = stats.norm.ppf(0.5 + confidence / 2)
    p = float((effects < 0).mean())
    centre = (p + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * math.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    return p, max(0.0, centre - half), min(1.0, centre + half)
