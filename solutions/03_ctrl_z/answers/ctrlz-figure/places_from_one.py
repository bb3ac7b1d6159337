# right: places three apart, from 1 on, series dodged to both sides
# loses: none
def draw_caught(table, finding, ax=None):
    if not ax:
        _, ax = plt.subplots(1, 1)
    names = list(list(table.values())[0].keys())
    where = {name: 1 + 3 * i for i, name in enumerate(names)}
    dodge = np.linspace(-0.6, 0.6, len(table)) if len(table) > 1 else [0.0]
    for d, deployment in zip(dodge, table):
        x, y, bars = [], [], []
        for name in reversed(names):
            rate, low, high = table[deployment][name]
            x.append(where[name] + d)
            y.append(rate)
            bars.append((max(0.0, rate - low), max(0.0, high - rate)))
        ax.errorbar(x, y, np.transpose(bars), ls="none", marker="o", label=deployment)
    ax.set_xticks(list(where.values()))
    ax.set_xticklabels(where)
    ax.set_ylim([0.0, 1.05])
    ax.set_title(finding, loc="left")
    ax.set_xlabel("aggregate")
    ax.set_ylabel("Share of the attack commands that are audited")
    ax.legend(ncols=2, frameon=False)
    return ax
