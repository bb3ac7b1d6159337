# right: one loop over masks kept in a dict, with the figure given back as a pair
# loses: none
def draw_leads(names, leads, lows, highs, adjusted, finding, ax=None):
    given = ax is not None
    fig = ax.figure if given else plt.figure(figsize=(8, 3))
    ax = ax if given else fig.subplots()
    table = np.column_stack([leads, lows, highs, adjusted]).astype(float)
    order = np.lexsort((np.arange(len(table)), -table[:, 0]))
    table = table[order]
    series = {"holds after correction": table[:, 3] < 0.05}
    series["does not"] = ~series["holds after correction"]
    for label, mask in series.items():
        places = np.flatnonzero(mask)
        if places.size:
            part = table[places]
            lengths = np.abs(part[:, 1:3] - part[:, :1]).T
            ax.errorbar(places, part[:, 0], lengths, fmt="D", ms=4, lw=1, ls="", label=label)
    ax.hlines(0, -0.5, len(table) - 0.5, color="0.8")
    ax.axhline(0)
    ax.xaxis.set_ticks(np.arange(len(table)), np.array(names, dtype=object)[order])
    ax.set_ylabel("difference, percentage points")
    ax.set_title(finding)
    ax.legend()
    return ax
