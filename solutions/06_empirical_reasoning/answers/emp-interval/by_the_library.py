# right: asks scipy for Wilson's, and writes the normal one with arrays
# loses: none
def normal_interval(k, n, confidence=0.95):
    if n <= 0 or k < 0 or k > n:
        raise ValueError("k lies between 0 and n")
    p = k / n
    return p + np.array([-1, 1]) * stats.norm.isf((1 - confidence) / 2) * np.sqrt(p * (1 - p) / n)


def wilson_interval(k, n, confidence=0.95):
    if n <= 0 or k < 0 or k > n:
        raise ValueError("k lies between 0 and n")
    found = stats.binomtest(int(k), int(n)).proportion_ci(confidence_level=confidence, method="wilson")
    return [found.low, found.high]
