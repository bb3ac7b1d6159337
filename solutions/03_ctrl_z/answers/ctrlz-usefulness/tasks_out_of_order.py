# wrong: sorts each policy's tasks by how often they were solved
# loses: fresh_tables, different_numbers_of_runs, the_draws_that_were_given
def usefulness_interval(protocol, untrusted, trusted, draws):
    p, u, t = (np.sort(np.asarray(solved, dtype=float).mean(axis=1)) for solved in (protocol, untrusted, trusted))
    if u.mean() <= t.mean():
        raise ValueError("no scale")
    draws = np.asarray(draws, dtype=int)
    above, whole = (p - t)[draws].mean(axis=1), (u - t)[draws].mean(axis=1)
    value = (p.mean() - t.mean()) / (u.mean() - t.mean())
    values = above[whole > 0] / whole[whole > 0]
    low, high = np.percentile(values, [2.5, 97.5])
    return float(value), float(low), float(high)
