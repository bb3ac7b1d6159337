# wrong: draws percent
# loses: one_series_with_bars_for_each_deployment, aggregates_across_and_shares_upwards, draws_a_fresh_table, one_deployment_alone, none_and_all
def draw_caught(table, finding, ax=None):
    if ax is None:
        fig, ax = plt.subplots()
    names = list(next(iter(table.values())))
    places = np.arange(len(names))
    for i, (label, row) in enumerate(table.items()):
        y = [100 * row[name][0] for name in names]
        down = [100 * (row[name][0] - row[name][1]) for name in names]
        up = [100 * (row[name][2] - row[name][0]) for name in names]
        ax.errorbar(places + 0.08 * i, y, yerr=[down, up], fmt="o", capsize=3, label=label)
    ax.set_xticks(places, names)
    ax.set_ylim(0, 100)
    ax.set_xlabel("aggregate of the samples")
    ax.set_ylabel("share of attack commands audited")
    ax.set_title(finding)
    ax.legend()
    return ax
