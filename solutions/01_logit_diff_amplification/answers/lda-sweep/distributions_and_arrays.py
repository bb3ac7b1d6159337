# right: torch.distributions for coherence, numpy arrays and a figure for the plot
# loses: none
def coherence(before, after, alpha):
    p = torch.distributions.Categorical(logits=amplify_logits(before, after, alpha).double())
    q = torch.distributions.Categorical(logits=after.double())
    return torch.distributions.kl_divergence(p, q).mean(), p.entropy().mean()


def draw_sweep(table, finding, ax=None):
    import numpy as np

    figure = None
    if ax is None:
        figure, ax = plt.subplots()
    for name, rows in table.items():
        alpha, events, n = np.array(sorted(rows, key=lambda row: row[0]), dtype=float).T
        rate = events / n
        ends = np.array([wilson_interval(int(k), int(m)) for k, m in zip(events, n)]).T
        ax.errorbar(alpha, rate, np.abs(ends - rate), fmt="--x", capsize=2, label=name)
    ax.set(xlabel="α (no unit)", ylabel="Rate of bad advice, 0 to 1", title=finding, ylim=(-0.02, 1.02))
    ax.legend(loc="best", title="model")
    return figure or ax
