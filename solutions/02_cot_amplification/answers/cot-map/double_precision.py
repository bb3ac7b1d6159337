# right: picks the tokens first, in double precision; styles in a cycle
# loses: none
def log_ratios(before, after, rows) -> torch.Tensor:
    picked = []
    for model in (after, before):
        logs = model(rows).detach().double().log_softmax(dim=2)
        picked.append(torch.take_along_dim(logs[:, world.START - 1 : -1], rows[:, world.START :].unsqueeze(2), 2))
    return (picked[0] - picked[1]).squeeze(2)


def draw_map(groups, slots, finding: str, ax=None):
    if ax is None:
        figure, ax = plt.subplots()
    places = torch.arange(len(slots)).tolist()
    for i, (name, values) in enumerate(groups.items()):
        half = 1.96 * values.var(0).div(len(values)).sqrt()
        ax.errorbar(places, values.mean(0).tolist(), half.tolist(), color=f"C{i}", fmt="o", capsize=2, label=str(name))
    ax.set_xticks(places, labels=slots, rotation=90)
    ax.set_xlabel("place in the chain")
    ax.set_ylabel("log ratio [nats]")
    ax.set_title(finding)
    ax.legend(title="chains")
    return ax
