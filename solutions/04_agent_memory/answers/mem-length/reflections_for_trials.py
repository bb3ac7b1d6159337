# wrong: takes the number of reflections for the trials
# loses: fresh_logs, one_rho_a_replication, short_logs_stay_out, only_ranks_matter, refuses_what_has_no_rho, the_given_houses
def infer_excess(trials, flags, null_rates):
    trials, null_rates = np.asarray(trials), np.asarray(null_rates, dtype=float)
    if len(trials) != len(flags) or len(flags) != len(null_rates):
        raise ValueError("not the same houses")
    if null_rates.shape[1] == 0:
        raise ValueError("no replication")
    long = [i for i in range(len(flags)) if len(flags[i]) >= 2]
    rates = np.array([sum(flags[i]) / (len(flags[i]) - 1) for i in long])
    own = np.array([len(flags[i]) for i in long])
    if rates.max() == rates.min() or own.max() == own.min():
        raise ValueError("no differences")
    rho = stats.spearmanr(own, rates).statistic
    null = []
    for column in null_rates[long].T:
        null.append(0.0 if column.max() == column.min() else stats.spearmanr(own, column).statistic)
    null = np.array(null)
    k = int((null >= rho - 1e-12).sum())
    return {
        "houses": len(long),
        "rho": rho,
        "null_rho": null.mean(),
        "excess": rho - null.mean(),
        "p": (1 + k) / (1 + len(null)),
    }


excess = infer_excess(trials_used, repeat_flags, null_table)
