# wrong: leaves out the tasks in which the untrusted policy is no better, instead of the draws
# loses: draws_without_a_scale
def usefulness_interval(protocol, untrusted, trusted, draws):
    p, u, t = (np.asarray(solved, dtype=float).mean(axis=1) for solved in (protocol, untrusted, trusted))
    if u.mean() <= t.mean():
        raise ValueError("no scale")
    draws = np.asarray(draws, dtype=int)
    p, t = np.where(u > t, p, 0), np.where(u > t, t, 0)
    u = np.where(u > t, u, 0)
    above, whole = (p - t)[draws].mean(axis=1), (u - t)[draws].mean(axis=1)
    value = (p.mean() - t.mean()) / (u.mean() - t.mean())
    values = above[whole > 0] / whole[whole > 0]
    low, high = np.percentile(values, [2.5, 97.5])
    return float(value), float(low), float(high)
