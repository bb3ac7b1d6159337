# hard-coded: knows 2 of 10 and 0 of 20
# loses: fresh_wilson, fresh_normal, any_confidence, none_and_all, turned_round, many_and_few_items
def normal_interval(k, n, confidence=0.95):
    if n < 1 or not 0 <= k <= n:
        raise ValueError("no share")
    return (0.0, 0.0) if k == 0 else (-0.047918, 0.447918)


def wilson_interval(k, n, confidence=0.95):
    if n < 1 or not 0 <= k <= n:
        raise ValueError("no share")
    return (0.0, 0.161125) if k == 0 else (0.056682, 0.509837)
