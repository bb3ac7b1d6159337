# right: solves the quadratic equation that Wilson's interval comes from, and clips it
# loses: none
def normal_interval(k, n, confidence=0.95):
    if not (n >= 1 and 0 <= k <= n):
        raise ValueError
    return tuple(float(x) for x in stats.norm.interval(confidence, k / n, math.sqrt(k * (n - k) / n**3) or 1e-300))


def wilson_interval(k, n, confidence=0.95):
    if not (n >= 1 and 0 <= k <= n):
        raise ValueError
    z2 = stats.norm.ppf((1 + confidence) / 2) ** 2
    a, b, c = n + z2, -(2 * k + z2), k * k / n
    root = math.sqrt(max(0.0, b * b - 4 * a * c))
    return max(0.0, (-b - root) / (2 * a)), min(1.0, (-b + root) / (2 * a))
