# right: sorts rows of a list, and gives back the figure
# loses: none
def draw_leads(names, leads, lows, highs, adjusted, finding, ax=None):
    rows = sorted(zip(leads, lows, highs, adjusted, names), key=lambda row: -row[0])
    ax = ax or plt.figure().add_subplot()
    ax.plot([-1, len(rows)], [0, 0], color="0.6")
    for label, keep in (("holds after correction", lambda p: p < 0.05), ("does not", lambda p: not p < 0.05)):
        mine = [(i, *row[:3]) for i, row in enumerate(rows) if keep(row[3])]
        if mine:
            x, lead, low, high = np.array(mine, dtype=float).T
            ax.errorbar(x, lead, yerr=np.array([lead - low, high - lead]), linestyle="none", marker="o", label=label)
    ax.set_xticks(range(len(rows)))
    ax.set_xticklabels([row[4] for row in rows], rotation=90)
    ax.set(xlabel="setting", ylabel="lead in points", title=finding)
    ax.legend(loc="upper right")
    return ax
