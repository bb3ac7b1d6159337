# wrong: adds two passes and two failures and takes the normal interval
# loses: two_of_ten, fresh_wilson, any_confidence, none_and_all, many_and_few_items
def normal_interval(k: int, n: int, confidence: float = 0.95) -> tuple[float, float]:
    if n < 1 or not 0 <= k <= n:
        raise ValueError(f"{k} in {n} is no share")
    z = stats.norm.ppf(0.5 + confidence / 2)
    half = z * math.sqrt(k / n * (1 - k / n) / n)
    return k / n - half, k / n + half


def wilson_interval(k, n, confidence=0.95):
    if n < 1 or not 0 <= k <= n:
        raise ValueError("no share")
    low, high = normal_interval(k + 2, n + 4, confidence)
    return max(0.0, low), min(1.0, high)
