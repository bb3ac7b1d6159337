# wrong: leaves the upright axis to matplotlib
# loses: aggregates_across_and_shares_upwards, draws_a_fresh_table, one_deployment_alone, aggregates_of_any_name
def draw_caught(table, finding, ax=None):
    if ax is None:
        fig, ax = plt.subplots()
    names = list(next(iter(table.values())))
    places = np.arange(len(names))
    for i, (label, row) in enumerate(table.items()):
        y = [row[name][0] for name in names]
        down = [row[name][0] - row[name][1] for name in names]
        up = [row[name][2] - row[name][0] for name in names]
        ax.errorbar(places + 0.08 * i, y, yerr=[down, up], fmt="o", capsize=3, label=label)
    ax.set_xticks(places, names)
    ax.set_xlabel("aggregate of the samples")
    ax.set_ylabel("share of attack commands audited")
    ax.set_title(finding)
    ax.legend()
    return ax
