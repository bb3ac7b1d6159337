# wrong: takes the quantile of one side
# loses: intervals_stay_between_zero_and_one, wilson_at_any_confidence, none_or_all_solved
def solved_by(solved_at, trials, confidence=0.95):
    n = len(solved_at)
    if n == 0:
        raise ValueError("no houses")
    rows = []
    for trial in range(1, trials + 1):
        k = sum(1 for at in solved_at if at is not None and at <= trial)
        z = stats.norm.ppf(confidence)
        middle, wide = (k + z * z / 2) / (n + z * z), z * math.sqrt(k * (n - k) / n + z * z / 4) / (n + z * z)
        rows.append([k / n, middle - wide, middle + wide])
    return np.array(rows)


def paired_test(first, second):
    if len(first) != len(second):
        raise ValueError("not the same houses")
    one = sum(1 for a, b in zip(first, second) if a and not b)
    two = sum(1 for a, b in zip(first, second) if b and not a)
    if one + two == 0:
        return 0, 0, 1.0
    return one, two, float(stats.binomtest(one, one + two).pvalue)
