# right: plain loops over the doses, series a little apart, ends turned into distances
# loses: none
def draw_sweep(across, effects, off_target, null_means, what, finding, ax=None):
    across = [float(x) for x in across]
    gap = min((b - a for a, b in zip(across, across[1:])), default=1.0)

    def interval(row):
        n = len(row)
        mean = sum(row) / n
        error = math.sqrt(sum((x - mean) ** 2 for x in row) / (n - 1)) / math.sqrt(n)
        return mean - 1.96 * error, mean, mean + 1.96 * error

    series = {
        "random directions": [tuple(np.percentile(row, (2.5, 50, 97.5))) for row in null_means],
        "steered concept": [interval(row) for row in effects],
        "other concept": [interval(row) for row in off_target],
    }
    if ax is None:
        figure = plt.figure()
        ax = figure.subplots()
    for shift, (label, rows) in zip((-0.04, 0.0, 0.04), series.items()):
        places = [x + shift * gap for x in across]
        middles = [m for _, m, _ in rows]
        ax.errorbar(places, middles, yerr=([m - l for l, m, _ in rows], [h - m for _, m, h in rows]), fmt="D", label=label)
    ax.set(xlabel=what, ylabel="Log-odds, steered minus plain", title=finding)
    ax.legend(ncols=3)
    return ax
