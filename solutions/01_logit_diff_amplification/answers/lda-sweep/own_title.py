# wrong: writes a title of its own
# loses: says_what_it_shows, title_and_legend_follow_the_arguments
def coherence(before, after, alpha):
    log_p = (after + alpha * (after - before)).log_softmax(-1)
    p = log_p.exp()
    kl = (p * (log_p - after.log_softmax(-1))).sum(-1).mean()
    return float(kl), float(-(p * log_p).sum(-1).mean())


def draw_sweep(table, finding, ax=None):
    if ax is None:
        ax = plt.figure().add_subplot()
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
    ax.set_title("Rate against alpha")
    ax.legend()
    return ax
