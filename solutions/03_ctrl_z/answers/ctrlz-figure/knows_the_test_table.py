# hard-coded: draws the visible table whatever it is given
# loses: draws_a_fresh_table, one_deployment_alone, aggregates_of_any_name, none_and_all, draws_where_it_is_told, title_and_legend_follow_the_arguments
def draw_caught(table, finding, ax=None):
    table = {
        "deployment one": {"first": (0.40, 0.31, 0.45), "min": (0.55, 0.50, 0.71), "max": (0.30, 0.12, 0.35)},
        "deployment two": {"first": (0.41, 0.33, 0.44), "min": (0.20, 0.10, 0.22), "max": (0.60, 0.52, 0.75)},
    }
    finding = "A test table"
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
    ax.set_ylim(0, 1)
    ax.set_xlabel("aggregate of the samples")
    ax.set_ylabel("share of attack commands audited")
    ax.set_title(finding)
    ax.legend()
    return ax
