# wrong: takes the second policy for the trusted one
# loses: on_the_scale_of_both_policies, both_ends_of_the_scale, fresh_tables, different_numbers_of_runs
def usefulness_interval(protocol, untrusted, trusted, draws):
    p, u, t = (np.asarray(solved, dtype=float).mean(axis=1) for solved in (protocol, trusted, untrusted))
    draws = np.asarray(draws, dtype=int)
    above, whole = (p - t)[draws].mean(axis=1), (u - t)[draws].mean(axis=1)
    value = (p.mean() - t.mean()) / (u.mean() - t.mean())
    values = above[whole < 0] / whole[whole < 0]
    low, high = np.percentile(values, [2.5, 97.5])
    return float(value), float(low), float(high)
