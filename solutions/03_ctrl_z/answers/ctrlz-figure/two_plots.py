# wrong: draws one plot for each deployment
# loses: one_series_with_bars_for_each_deployment, draws_a_fresh_table
def draw_caught(table, finding, ax=None):
    if ax is None:
        fig, axes = plt.subplots(1, len(table), squeeze=False)
        ax = axes[0, 0]
    names = list(next(iter(table.values())))
    places = np.arange(len(names))
    axes = ax.figure.axes
    for i, (label, row) in enumerate(table.items()):
        y = [row[name][0] for name in names]
        down = [row[name][0] - row[name][1] for name in names]
        up = [row[name][2] - row[name][0] for name in names]
        axes[i % len(axes)].errorbar(places + 0.08 * i, y, yerr=[down, up], fmt="o", capsize=3, label=label)
    ax.set_xticks(places, names)
    ax.set_ylim(0, 1)
    ax.set_xlabel("aggregate of the samples")
    ax.set_ylabel("share of attack commands audited")
    ax.set_title(finding)
    ax.legend()
    return ax
