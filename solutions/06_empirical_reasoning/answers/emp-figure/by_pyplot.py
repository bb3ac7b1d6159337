# right: makes the given axes the current ones, and draws with pyplot
# loses: none
def draw_leads(names, leads, lows, highs, adjusted, finding, ax=None):
    if ax is None:
        fig, ax = plt.subplots()
    order = sorted(range(len(names)), key=lambda i: leads[i], reverse=True)
    for label in ("does not", "holds after correction"):
        x = [place for place, i in enumerate(order) if (adjusted[i] < 0.05) == (label != "does not")]
        if len(x) > 0:
            y = [leads[order[place]] for place in x]
            down = [leads[order[place]] - lows[order[place]] for place in x]
            up = [highs[order[place]] - leads[order[place]] for place in x]
            ax.errorbar(x, y, yerr=(down, up), fmt="s" if label == "does not" else "o", color="k", label=label)
    ax.axhline(y=0.0, linestyle="--")
    ax.set_xticks(range(len(order)), labels=[names[i] for i in order])
    ax.set_ylabel("Lead (Points)")
    ax.set_title(finding)
    ax.legend(title="adjusted p below 0.05?")
    return ax
