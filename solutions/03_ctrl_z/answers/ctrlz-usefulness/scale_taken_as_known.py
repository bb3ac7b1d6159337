# wrong: draws the protocol anew, but not the two policies of the scale
# loses: both_ends_of_the_scale, fresh_tables, different_numbers_of_runs, one_draw_for_all_three
def usefulness_interval(protocol, untrusted, trusted, draws):
    p, u, t = (np.asarray(solved, dtype=float).mean(axis=1) for solved in (protocol, untrusted, trusted))
    if u.mean() <= t.mean():
        raise ValueError("no scale")
    draws = np.asarray(draws, dtype=int)
    above = p[draws].mean(axis=1) - t.mean()
    whole = np.full(len(draws), u.mean() - t.mean())
    value = (p.mean() - t.mean()) / (u.mean() - t.mean())
    values = above[whole > 0] / whole[whole > 0]
    low, high = np.percentile(values, [2.5, 97.5])
    return float(value), float(low), float(high)
