# wrong: writes a title of its own
# loses: says_what_it_shows, title_and_legend_follow_the_arguments
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
    ax.set_ylim(0, 1)
    ax.set_xlabel("aggregate of the samples")
    ax.set_ylabel("share of attack commands audited")
    ax.set_title("Catch rates by aggregate")
    ax.legend()
    return ax
