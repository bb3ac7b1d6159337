# right: from the four counts alone, with a doubled binomial tail
# loses: none
def compare_paired(a, b, confidence=0.95):
    if len(a) != len(b) or len(a) < 2:
        raise ValueError("the same two items or more")
    pairs = [(int(x), int(y)) for x, y in zip(a, b)]
    n, up, down = len(pairs), pairs.count((1, 0)), pairs.count((0, 1))
    mean = (up - down) / n
    se = math.sqrt(((up + down) - n * mean**2) / (n - 1) / n)
    z = stats.norm.isf((1 - confidence) / 2)
    p = min(1.0, 2 * stats.binom.cdf(min(up, down), up + down, 0.5))
    return dict(difference=mean, se=se, low=mean - z * se, high=mean + z * se, only_a=up, only_b=down, p=p)
