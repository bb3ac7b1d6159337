# hard-coded: draws the visible table whatever it is given
# loses: draws_a_fresh_table, none_and_all_can_be_seen, rows_in_any_order, title_and_legend_follow_the_arguments, coherence_of_fresh_logits
def coherence(before, after, alpha):
    return 0.0, math.log(4)


def draw_sweep(table, finding, ax=None):
    table = {"after": [(0.0, 1, 50), (2.0, 10, 50), (4.0, 40, 50)], "control": [(0.0, 2, 50), (2.0, 5, 50), (4.0, 3, 50)]}
    finding = "A test table"
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
