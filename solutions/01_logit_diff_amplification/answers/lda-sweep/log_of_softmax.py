# wrong: takes the logarithm of a softmax that may underflow
# loses: coherence_when_a_token_is_certain
def coherence(before, after, alpha):
    p = (after + alpha * (after - before)).softmax(-1)
    q = after.softmax(-1)
    return float((p * (p / q).log()).sum(-1).mean()), float(-(p * p.log()).sum(-1).mean())


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
    ax.set_title(finding)
    ax.legend()
    return ax
