# wrong: a logarithmic upright axis
# loses: each_series_from_its_own_numbers
def draw_sweep(across, effects, off_target, null_means, what, finding, ax=None):
    if ax is None:
        _, ax = plt.subplots(figsize=(6, 4))
    for values, label in ((effects, "steered concept"), (off_target, "other concept")):
        values = np.asarray(values)
        half = 1.96 * values.std(axis=1, ddof=1) / math.sqrt(values.shape[1])
        ax.errorbar(across, values.mean(axis=1), yerr=half, fmt="o-", capsize=3, label=label)
    low, middle, high = np.percentile(null_means, [2.5, 50, 97.5], axis=1)
    ax.errorbar(across, middle, yerr=[middle - low, high - middle], fmt="^:", color="0.5", label="random directions")
    ax.set_xlabel(what)
    ax.set_ylabel("shift (log-odds)")
    ax.set_title(finding)
    ax.set_yscale("symlog")
    ax.legend()
    return ax
