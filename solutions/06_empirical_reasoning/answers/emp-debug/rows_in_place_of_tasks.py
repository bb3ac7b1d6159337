# wrong: draws rows, and forgets the tasks
# loses: drawn_twice_counts_twice, as_wide_as_the_clustered_error, one_task_in_ten, large_and_small_tasks, tasks_with_names
def cluster_bootstrap(a, b, tasks, draws, rng, confidence=0.95):
    if len(a) != len(b) or len(a) != len(tasks) or len(np.unique(tasks)) < 2:
        raise ValueError("a, b and tasks belong together")
    difference, tasks = np.asarray(a) - np.asarray(b), np.asarray(tasks)
    names, means = np.unique(tasks), []
    for _ in range(draws):
        means.append(difference[rng.integers(len(difference), size=len(difference))].mean())
    low, high = np.percentile(means, [50 - 50 * confidence, 50 + 50 * confidence])
    return low, high
