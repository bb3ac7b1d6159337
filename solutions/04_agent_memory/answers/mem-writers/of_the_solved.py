# wrong: divides by the houses that are solved in the end
# loses: shares_that_only_rise, fresh_shares, wilson_at_any_confidence, none_or_all_solved
def solved_by(solved_at, trials, confidence=0.95):
    if len(solved_at) == 0:
        raise ValueError("no houses")
    n = max(1, sum(at is not None for at in solved_at))
    rows = []
    for trial in range(1, trials + 1):
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
