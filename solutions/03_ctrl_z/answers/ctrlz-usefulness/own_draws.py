# wrong: makes its own draws with a fixed seed
# loses: fresh_tables, the_draws_that_were_given, draws_without_a_scale
def usefulness_interval(protocol, untrusted, trusted, draws):
    p, u, t = (np.asarray(solved, dtype=float).mean(axis=1) for solved in (protocol, untrusted, trusted))
    if u.mean() <= t.mean():
        raise ValueError("no scale")
    draws = np.random.default_rng(0).integers(len(p), size=np.shape(draws))
    above, whole = (p - t)[draws].mean(axis=1), (u - t)[draws].mean(axis=1)
    value = (p.mean() - t.mean()) / (u.mean() - t.mean())
    values = above[whole > 0] / whole[whole > 0]
    low, high = np.percentile(values, [2.5, 97.5])
    return float(value), float(low), float(high)
