# wrong: takes the logits at the token itself, which speak about the next one
# loses: gives_the_ratio_of_the_token_that_stands_there, gives_fresh_ratios, starts_at_the_first_token_of_the_reasoning, normalises_both_models, asks_for_the_token_that_stands_there
def log_ratios(before, after, rows) -> torch.Tensor:
    with torch.no_grad():
        difference = after(rows).log_softmax(-1) - before(rows).log_softmax(-1)
    return difference.gather(-1, rows[..., None])[..., 0][:, world.START :]


def draw_map(groups, slots, finding: str, ax=None):
    if ax is None:
        _, ax = plt.subplots(figsize=(9, 4))
    for (name, values), style in zip(groups.items(), ("o-", "s--", "^:", "d-.") * len(groups), strict=False):
        half = 1.96 * values.std(dim=0) / math.sqrt(len(values))
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
