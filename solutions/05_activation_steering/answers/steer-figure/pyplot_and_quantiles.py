# right: the pyplot interface on the axes that are given, quantiles, the normal quantile in full
# loses: none
def draw_sweep(across, effects, off_target, null_means, what, finding, ax=None):
    ax = plt.figure(figsize=(5, 3)).add_subplot() if ax is None else ax
    plt.sca(ax)
    null = np.array(null_means, dtype=float)
    middle = np.median(null, axis=1)
    bars = np.abs(np.quantile(null, [0.025, 0.975], axis=1) - middle)
    plt.errorbar(across, middle, bars, color="0.6", linestyle="--", label="random directions")
    for name, rows in {"other concept": off_target, "steered concept": effects}.items():
        error = stats.norm.ppf(0.975) * stats.sem(np.array(rows), axis=1)
        plt.errorbar(across, np.mean(rows, axis=1), error, marker="s", label=name)
    plt.axhline(0, color="black", linewidth=0.5)
    plt.xlabel(what)
    plt.ylabel("mean shift in log-odds")
    plt.title(finding, fontsize=10)
    plt.legend(loc="upper left", fontsize=8)
    plt.tight_layout()
    return plt.gca()
