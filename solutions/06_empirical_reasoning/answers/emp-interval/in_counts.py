# right: works in counts and divides by n + z^2 at the end
# loses: none
def _z(confidence):
    return stats.norm.ppf(1 - (1 - confidence) / 2)


def normal_interval(k, n, confidence=0.95):
    if n < 1 or not 0 <= k <= n:
        raise ValueError("impossible counts")
    half = _z(confidence) * math.sqrt(k * (n - k) / n)
    return (k - half) / n, (k + half) / n


def wilson_interval(k, n, confidence=0.95):
    if n < 1 or not 0 <= k <= n:
        raise ValueError("impossible counts")
    z = _z(confidence)
    half = z * math.sqrt(k * (n - k) / n + z * z / 4)
    return (k + z * z / 2 - half) / (n + z * z), (k + z * z / 2 + half) / (n + z * z)
