# right: ranks and their correlation, all replications at once
# loses: none
def infer_excess(trials, flags, null_rates):
    null_rates = np.array(null_rates, dtype=float)
    if len({len(trials), len(flags), len(null_rates)}) > 1 or null_rates.shape[1] < 1:
        raise ValueError("other houses, or no null")
    long = np.array([len(row) >= 2 for row in flags])
    rates = [np.mean(row[1:]) for row in flags if len(row) >= 2]
    columns = np.column_stack([rates, null_rates[long]])
    ranks = np.apply_along_axis(stats.rankdata, 0, columns)
    ranks = ranks - ranks.mean(axis=0)
    own = stats.rankdata(np.asarray(trials)[long])
    own = own - own.mean()
    sizes = np.sqrt((ranks**2).sum(axis=0) * (own**2).sum())
    if sizes[0] == 0:
        raise ValueError("no differences between houses")
    rhos = np.divide(own @ ranks, sizes, out=np.zeros(len(sizes)), where=sizes > 0)
    rhos = rhos.round(12)
    rho, null = rhos[0], rhos[1:]
    p = (1 + np.count_nonzero(null >= rho)) / (1 + len(null))
    return {"houses": int(long.sum()), "rho": rho, "null_rho": null.mean(), "excess": rho - null.mean(), "p": p}


excess = infer_excess(trials_used, repeat_flags, null_table)
