# wrong: takes the standard deviation with n
# loses: draws_means_with_bars, draws_every_group, draws_standard_errors_of_few_chains, draws_on_the_axes_it_is_given
def log_ratios(before, after, rows) -> torch.Tensor:
    with torch.no_grad():
        difference = after(rows).log_softmax(-1) - before(rows).log_softmax(-1)
    return difference[:, :-1].gather(-1, rows[:, 1:, None])[..., 0][:, world.START - 1 :]


def draw_map(groups, slots, finding: str, ax=None):
    if ax is None:
        _, ax = plt.subplots(figsize=(9, 4))
    for (name, values), style in zip(groups.items(), ("o-", "s--", "^:", "d-.") * len(groups), strict=False):
        half = 1.96 * values.std(dim=0, correction=0) / math.sqrt(len(values))
        ax.errorbar(
            range(len(slots)),
            values.mean(dim=0),
            half,
            fmt=style,
            color="black",
            markerfacecolor="white",
            capsize=3,
            label=name,
        )
    ax.set_xticks(range(len(slots)), slots)
    ax.set_xlabel("place in the chain")
    ax.set_ylabel("log p after - log p before (nats)")
    ax.set_title(finding)
    ax.legend()
    return ax
