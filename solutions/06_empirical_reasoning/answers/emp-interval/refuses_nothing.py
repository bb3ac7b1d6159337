# wrong: has no test of its input
# loses: no_share_at_all, refuses_impossible_counts
def normal_interval(k: int, n: int, confidence: float = 0.95) -> tuple[float, float]:
    z = stats.norm.ppf(0.5 + confidence / 2)
    half = z * math.sqrt(k / n * (1 - k / n) / n)
    return k / n - half, k / n + half


def wilson_interval(k: int, n: int, confidence: float = 0.95) -> tuple[float, float]:
    z, share = stats.norm.ppf(0.5 + confidence / 2), k / n
    centre = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * math.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    return centre - half, centre + half
