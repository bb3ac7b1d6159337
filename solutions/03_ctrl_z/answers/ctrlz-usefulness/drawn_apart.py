# wrong: takes other draws for each policy, as if the runs were independent
# loses: both_ends_of_the_scale, fresh_tables, different_numbers_of_runs, one_draw_for_all_three
def usefulness_interval(protocol, untrusted, trusted, draws):
    p, u, t = (np.asarray(solved, dtype=float).mean(axis=1) for solved in (protocol, untrusted, trusted))
    if u.mean() <= t.mean():
        raise ValueError("no scale")
    draws = np.asarray(draws, dtype=int)
    p_d, u_d, t_d = p[draws].mean(1), np.roll(u[draws].mean(1), 1), np.roll(t[draws].mean(1), 2)
    above, whole = p_d - t_d, u_d - t_d
    value = (p.mean() - t.mean()) / (u.mean() - t.mean())
    values = above[whole > 0] / whole[whole > 0]
    low, high = np.percentile(values, [2.5, 97.5])
    return float(value), float(low), float(high)
