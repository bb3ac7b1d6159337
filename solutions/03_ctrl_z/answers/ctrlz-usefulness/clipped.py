# wrong: clips usefulness to the range from 0 to 1
# loses: beyond_both_ends
def usefulness_interval(protocol, untrusted, trusted, draws):
    p, u, t = (np.asarray(solved, dtype=float).mean(axis=1) for solved in (protocol, untrusted, trusted))
    if u.mean() <= t.mean():
        raise ValueError("no scale")
    draws = np.asarray(draws, dtype=int)
    above, whole = (p - t)[draws].mean(axis=1), (u - t)[draws].mean(axis=1)
    value = (p.mean() - t.mean()) / (u.mean() - t.mean())
    values = above[whole > 0] / whole[whole > 0]
    low, high = np.percentile(values, [2.5, 97.5])
    return tuple(float(np.clip(v, 0, 1)) for v in (value, low, high))
