# right: gives matplotlib the names as places, and no shift
# loses: none
def draw_caught(table, finding, ax=None):
    if ax is None:
        ax = plt.figure(figsize=(7, 4), layout="constrained").add_subplot(111)
    for deployment in table:
        names = [name for name in table[deployment]]
        rates, lows, highs = zip(*table[deployment].values())
        down = [rate - low for rate, low in zip(rates, lows)]
        up = [high - rate for rate, high in zip(rates, highs)]
        ax.errorbar(names, rates, yerr=(down, up), fmt="D", mfc="none", label=deployment)
    ax.axhline(0.5, color="lightgrey", lw=0.5)
    ax.set(ylim=(0, 1), title=finding, xlabel="evidence", ylabel="rate of audited attack commands")
    ax.legend(title="deployment")
    return ax
