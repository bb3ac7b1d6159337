# wrong: divides by what the untrusted policy solves, and forgets the trusted one
# loses: on_the_scale_of_both_policies, both_ends_of_the_scale, fresh_tables, different_numbers_of_runs, one_draw_for_all_three, the_draws_that_were_given, draws_without_a_scale
def usefulness_interval(protocol, untrusted, trusted, draws):
    p, u, t = (np.asarray(solved, dtype=float).mean(axis=1) for solved in (protocol, untrusted, trusted))
    if u.mean() <= t.mean():
        raise ValueError("no scale")
    draws = np.asarray(draws, dtype=int)
    above, whole = p[draws].mean(axis=1), u[draws].mean(axis=1)
    value = p.mean() / u.mean()
    values = above[whole > 0] / whole[whole > 0]
    low, high = np.percentile(values, [2.5, 97.5])
    return float(value), float(low), float(high)
