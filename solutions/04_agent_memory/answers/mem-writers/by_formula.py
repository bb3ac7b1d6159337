# right: Wilson's formula on whole arrays, and the tail from math.comb
# loses: none
def solved_by(solved_at, trials, confidence=0.95):
    if not len(solved_at):
        raise ValueError("there are no houses")
    times = np.array([math.inf if at is None else at for at in solved_at], dtype=float)
    share = (times[None, :] <= np.arange(1, trials + 1)[:, None]).mean(axis=1)
    n, z = len(times), stats.norm.ppf(0.5 + confidence / 2)
    middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    wide = z / (1 + z**2 / n) * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    return np.column_stack([share, middle - wide, middle + wide])


def paired_test(first, second):
    if len(first) != len(second):
        raise ValueError("pairs, please")
    differ = np.array([int(bool(a)) - int(bool(b)) for a, b in zip(first, second)])
    up, down = int((differ > 0).sum()), int((differ < 0).sum())
    n = up + down
    tail = sum(math.comb(n, i) for i in range(min(up, down) + 1)) / 2**n
    return up, down, min(1.0, 2 * tail)
