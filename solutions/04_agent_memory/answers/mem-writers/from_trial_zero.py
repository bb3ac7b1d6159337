# wrong: counts the trials from 0
# loses: shares_that_only_rise, intervals_stay_between_zero_and_one, fresh_shares, wilson_at_any_confidence, none_or_all_solved, to_the_last_trial
def solved_by(solved_at, trials, confidence=0.95):
    n = len(solved_at)
    if n == 0:
        raise ValueError("no houses")
    rows = []
    for trial in range(trials):
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
