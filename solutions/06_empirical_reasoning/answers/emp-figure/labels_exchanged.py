# wrong: exchanges the two labels
# loses: two_kinds_and_their_names, kinds_go_along, one_kind_only
def draw_leads(names, leads, lows, highs, adjusted, finding: str, ax=None):
    if ax is None:
        _, ax = plt.subplots(figsize=(9, 4))
    order = np.argsort(-np.asarray(leads, dtype=float), kind="stable")
    leads, lows, highs, adjusted = (np.asarray(x, dtype=float)[order] for x in (leads, lows, highs, adjusted))
    place = np.arange(len(leads))
    for mask, label, fill in (
        (adjusted < 0.05, "does not", "black"),
        (adjusted >= 0.05, "holds after correction", "white"),
    ):
        if mask.any():
            bars = [(leads - lows)[mask], (highs - leads)[mask]]
            ax.errorbar(
                place[mask], leads[mask], bars, fmt="o", color="black", markerfacecolor=fill, capsize=3, label=label
            )
    ax.axhline(0, color="0.6", linewidth=0.8)
    ax.set_xticks(place, [names[i] for i in order])
    ax.set_xlabel("setting")
    ax.set_ylabel("lead over the baseline (points)")
    ax.set_title(finding)
    ax.legend()
    return ax
