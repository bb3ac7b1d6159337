# wrong: stops at the last trial that solved a house
# loses: shares_that_only_rise, to_the_last_trial, none_or_all_solved
def solved_by(solved_at, trials, confidence=0.95):
    n = len(solved_at)
    if n == 0:
        raise ValueError("no houses")
    rows = []
    for trial in range(1, max(1, *(at or 0 for at in solved_at), 0) + 1):
        k = sum(1 for at in solved_at if at is not None and at <= trial)
        ends = stats.binomtest(k, n).proportion_ci(confidence, method="wilson")
        rows.append([k / n, ends.low, ends.high])
    return np.array(rows)


def paired_test(first, second):
    if len(first) != len(second):
        raise ValueError("not the same houses")
    one = sum(1 for a, b in zip(first, second) if a and not b)
    two = sum(1 for a, b in zip(first, second) if b and not a)
    if one + two == 0:
        return 0, 0, 1.0
    return one, two, float(stats.binomtest(one, one + two).pvalue)
