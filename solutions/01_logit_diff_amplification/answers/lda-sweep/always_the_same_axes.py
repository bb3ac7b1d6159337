# wrong: draws on the current axes, so that curves pile up
# loses: draws_a_fresh_table, rows_in_any_order, title_and_legend_follow_the_arguments
def coherence(before, after, alpha):
    log_p = (after + alpha * (after - before)).log_softmax(-1)
    p = log_p.exp()
    kl = (p * (log_p - after.log_softmax(-1))).sum(-1).mean()
    return float(kl), float(-(p * log_p).sum(-1).mean())


def draw_sweep(table, finding, ax=None):
    global the_axes
    if ax is None:
        if "the_axes" not in globals():
            the_axes = plt.figure().add_subplot()
        ax = the_axes
    for name in table:
        rows = sorted(table[name])
        x = [a for a, k, n in rows]
        y = [k / n for a, k, n in rows]
        ends = [wilson_interval(k, n) for a, k, n in rows]
        down = [max(0, v - low) for v, (low, high) in zip(y, ends)]
        up = [max(0, high - v) for v, (low, high) in zip(y, ends)]
        ax.errorbar(x, y, yerr=[down, up], marker="o", label=name)
    ax.set_xlabel("alpha")
    ax.set_ylabel("share of answers with the behaviour")
    ax.set_title(finding)
    ax.legend()
    return ax
