# wrong: thinks that Wilson's is the normal interval, clipped
# loses: two_of_ten, nothing_in_twenty, fresh_wilson, any_confidence, none_and_all, many_and_few_items
def normal_interval(k, n, confidence=0.95):
    if n < 1 or not 0 <= k <= n:
        raise ValueError("no share")
    z = stats.norm.ppf(0.5 + confidence / 2)
    half = z * math.sqrt(k / n * (1 - k / n) / n)
    return k / n - half, k / n + half


def wilson_interval(k, n, confidence=0.95):
    low, high = normal_interval(k, n, confidence)
    return max(0.0, low), min(1.0, high)
