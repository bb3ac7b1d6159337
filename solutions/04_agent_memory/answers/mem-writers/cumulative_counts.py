# right: counts by trial and adds up, plain lists
# loses: none
def solved_by(solved_at, trials, confidence=0.95):
    if len(solved_at) < 1:
        raise ValueError("no house, no share")
    counts = [0] * trials
    for at in solved_at:
        if at is not None:
            counts[at - 1] += 1
    rows, k = [], 0
    for count in counts:
        k += count
        low, high = stats.binomtest(k, len(solved_at)).proportion_ci(confidence, "wilson")
        rows.append([k / len(solved_at), low, high])
    return rows


def paired_test(first, second):
    only_first, only_second = [], []
    for number, (a, b) in enumerate(zip(first, second, strict=True)):
        if bool(a) != bool(b):
            (only_first if a else only_second).append(number)
    n = len(only_first) + len(only_second)
    if n == 0:
        return [0, 0, 1]
    p = sum(
        stats.binom.pmf(i, n, 0.5) for i in range(n + 1) if abs(2 * i - n) >= abs(len(only_first) - len(only_second))
    )
    return [len(only_first), len(only_second), float(p)]
