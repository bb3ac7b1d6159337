# right: one token after the other, with names across
# loses: none
def log_ratios(before, after, rows) -> torch.Tensor:
    each, columns = torch.arange(len(rows)), []
    for at in range(world.START, rows.shape[1]):
        seen, token = rows[:, :at], rows[:, at]
        one, two = (model(seen)[:, -1] for model in (before, after))
        odds = two[each, token] - two.logsumexp(-1) - one[each, token] + one.logsumexp(-1)
        columns.append(odds)
    return torch.stack(columns, dim=1)


def draw_map(groups, slots, finding: str, ax=None):
    if ax is None:
        ax = plt.figure().add_subplot()
    for name, values in groups.items():
        n = values.shape[0]
        middle = values.sum(0) / n
        variance = (values - middle).square().sum(0) / (n - 1)
        half = 1.96 * (variance / n).sqrt()
        ax.errorbar(slots, middle.tolist(), yerr=[half.tolist(), half.tolist()], marker="o", label=name)
    ax.set_title(finding, loc="left")
    ax.set_xlabel("Place")
    ax.set_ylabel("Nats")
    ax.legend()
    return ax
