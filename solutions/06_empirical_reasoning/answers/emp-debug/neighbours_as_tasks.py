# wrong: takes equal runs of neighbours for tasks
# loses: as_wide_as_the_clustered_error, one_task_in_ten, large_and_small_tasks, tasks_with_names
def cluster_bootstrap(a, b, tasks, draws: int, rng, confidence: float = 0.95) -> tuple[float, float]:
    difference = np.asarray(a, dtype=float) - np.asarray(b, dtype=float) if len(a) == len(b) else []
    names = np.unique(tasks)
    place = np.arange(len(tasks)) * max(len(names), 1) // max(len(tasks), 1)
    if len(difference) != len(place) or len(names) < 2:
        raise ValueError("a, b and tasks belong together row by row, with two or more tasks")
    sums = np.bincount(place, weights=difference)
    sizes = np.bincount(place)
    drawn = rng.integers(len(names), size=(draws, len(names)))
    means = sums[drawn].sum(axis=1) / sizes[drawn].sum(axis=1)
    low, high = np.percentile(means, [50 - 50 * confidence, 50 + 50 * confidence])
    return float(low), float(high)
