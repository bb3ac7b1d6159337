# right: the pyplot interface on the axes that are given, points connected, a wider range
# loses: none
def draw_caught(table, finding, ax=None):
    ax = ax if ax is not None else plt.subplots(figsize=(5, 3))[1]
    plt.sca(ax)
    for number, (deployment, row) in enumerate(table.items()):
        values = np.array(list(row.values()))
        distances = np.abs(values[:, 1:] - values[:, :1]).T
        plt.errorbar(np.arange(len(row)) - 0.05 * number, values[:, 0], distances, marker="s", linestyle=":", label=deployment)
    plt.xticks(range(len(row)), row.keys(), rotation=20)
    plt.ylim(-0.02, 1.02)
    plt.xlabel("how the samples are aggregated")
    plt.ylabel("fraction caught by an audit")
    plt.title(finding)
    plt.legend(loc="upper left")
    plt.tight_layout()
    return plt.gca()
