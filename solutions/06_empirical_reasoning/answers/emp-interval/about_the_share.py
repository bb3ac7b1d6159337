# wrong: Wilson's width around the share itself, not around its centre
# loses: two_of_ten, nothing_in_twenty, fresh_wilson, any_confidence, none_and_all, many_and_few_items
def normal_interval(k: int, n: int, confidence: float = 0.95) -> tuple[float, float]:
    if n < 1 or not 0 <= k <= n:
        raise ValueError(f"{k} in {n} is no share")
    z = stats.norm.ppf(0.5 + confidence / 2)
    half = z * math.sqrt(k / n * (1 - k / n) / n)
    return k / n - half, k / n + half


def wilson_interval(k: int, n: int, confidence: float = 0.95) -> tuple[float, float]:
    if n < 1 or not 0 <= k <= n:
        raise ValueError(f"{k} in {n} is no share")
    z, share = stats.norm.ppf(0.5 + confidence / 2), k / n
    centre = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * math.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    return share - half, share + half
