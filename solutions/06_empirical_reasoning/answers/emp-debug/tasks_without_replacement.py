# wrong: draws tasks without replacement, so that every data set is the whole
# loses: drawn_twice_counts_twice, as_wide_as_the_clustered_error, one_task_in_ten, large_and_small_tasks, inner_intervals, tasks_with_names, all_from_the_generator
def cluster_bootstrap(a, b, tasks, draws, rng, confidence=0.95):
    if len(a) != len(b) or len(a) != len(tasks) or len(np.unique(tasks)) < 2:
        raise ValueError("a, b and tasks belong together")
    difference, tasks = np.asarray(a) - np.asarray(b), np.asarray(tasks)
    names, means = np.unique(tasks), []
    for _ in range(draws):
        drawn = rng.choice(names, size=len(names), replace=False)
        means.append(np.concatenate([difference[tasks == name] for name in drawn]).mean())
    low, high = np.percentile(means, [50 - 50 * confidence, 50 + 50 * confidence])
    return low, high
