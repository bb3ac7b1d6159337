# wrong: draws single runs instead of tasks
# loses: fresh_tables, different_numbers_of_runs, one_draw_for_all_three, the_draws_that_were_given
def usefulness_interval(protocol, untrusted, trusted, draws):
    p, u, t = (np.asarray(solved, dtype=float).mean(axis=1) for solved in (protocol, untrusted, trusted))
    if u.mean() <= t.mean():
        raise ValueError("no scale")
    draws = np.asarray(draws, dtype=int)
    rng = np.random.default_rng(0)
    flat = [np.asarray(solved, dtype=float).ravel() for solved in (protocol, untrusted, trusted)]
    if flat[0].tolist() in (flat[1].tolist(), flat[2].tolist()):
        same = float(flat[0].tolist() == flat[1].tolist())
        return same, same, same
    p_d, u_d, t_d = (f[rng.integers(len(f), size=(len(draws), len(f)))].mean(1) for f in flat)
    above, whole = p_d - t_d, u_d - t_d
    value = (p.mean() - t.mean()) / (u.mean() - t.mean())
    values = above[whole > 0] / whole[whole > 0]
    low, high = np.percentile(values, [2.5, 97.5])
    return float(value), float(low), float(high)
