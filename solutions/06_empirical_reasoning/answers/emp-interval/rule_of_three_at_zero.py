# wrong: mends the normal interval at none and all with the rule of three
# loses: nothing_in_twenty, none_and_all
def normal_interval(k: int, n: int, confidence: float = 0.95) -> tuple[float, float]:
    if n < 1 or not 0 <= k <= n:
        raise ValueError(f"{k} in {n} is no share")
    z = stats.norm.ppf(0.5 + confidence / 2)
    if k == 0:
        return 0.0, 3 / n
    if k == n:
        return 1 - 3 / n, 1.0
    half = z * math.sqrt(k / n * (1 - k / n) / n)
    return k / n - half, k / n + half


def wilson_interval(k: int, n: int, confidence: float = 0.95) -> tuple[float, float]:
    if n < 1 or not 0 <= k <= n:
        raise ValueError(f"{k} in {n} is no share")
    z, share = stats.norm.ppf(0.5 + confidence / 2), k / n
    centre = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * math.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    return centre - half, centre + half
