# right: lists and loops, the constant replications first
# loses: none
def infer_excess(trials, flags, null_rates):
    if not (len(trials) == len(flags) == len(null_rates)):
        raise ValueError("three different numbers of houses")
    n = len(null_rates[0])
    if n == 0:
        raise ValueError("a null needs a replication")
    used, rates, rest = [], [], []
    for used_here, row, null_row in zip(trials, flags, null_rates):
        if len(row) < 2:
            continue
        used.append(int(used_here))
        rates.append(sum(int(flag) for flag in row) / (len(row) - 1))
        rest.append(null_row)
    if min(used) == max(used) or min(rates) == max(rates):
        raise ValueError("a correlation needs differences")
    rho = float(stats.spearmanr(used, rates)[0])
    null_rhos = []
    for i in range(n):
        column = [float(row[i]) for row in rest]
        null_rhos.append(float(stats.spearmanr(used, column)[0]) if min(column) < max(column) else 0.0)
    reached = sum(1 for other in null_rhos if other > rho or abs(other - rho) < 1e-9)
    mean = sum(null_rhos) / n
    return dict(houses=len(used), rho=rho, null_rho=mean, excess=rho - mean, p=(reached + 1) / (n + 1))


excess = infer_excess(trials_used, repeat_flags, null_table)
