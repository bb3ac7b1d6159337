# right: the cross-entropy of each token, and numpy in the figure
# loses: none
def log_ratios(before, after, rows) -> torch.Tensor:
    def surprise(model):
        logits = model(rows[:, :-1]).transpose(1, 2)
        return torch.nn.functional.cross_entropy(logits, rows[:, 1:], reduction="none")

    with torch.no_grad():
        return (surprise(before) - surprise(after))[:, world.START - 1 :]


def draw_map(groups, slots, finding: str, ax=None):
    ax = plt.subplots()[1] if ax is None else ax
    for number, name in enumerate(groups):
        values = groups[name].numpy()
        error = stats.sem(values, axis=0)
        ax.errorbar([i + 0.02 * number for i in range(len(slots))], values.mean(0), yerr=1.96 * error, label=name)
    ax.set_xticks(range(len(slots)))
    ax.set_xticklabels(slots, rotation=45)
    ax.set(xlabel="token", ylabel="mean log ratio, nats", title=finding)
    ax.legend(loc="upper left")
    return ax
