# wrong: takes 1.96 bootstrap standard errors about the mean
# loses: drawn_twice_counts_twice, one_task_in_ten, large_and_small_tasks, inner_intervals, tasks_with_names
def cluster_bootstrap(a, b, tasks, draws: int, rng, confidence: float = 0.95) -> tuple[float, float]:
    difference = np.asarray(a, dtype=float) - np.asarray(b, dtype=float) if len(a) == len(b) else []
    names, place = np.unique(tasks, return_inverse=True)
    if len(difference) != len(place) or len(names) < 2:
        raise ValueError("a, b and tasks belong together row by row, with two or more tasks")
    sums, sizes = np.bincount(place, weights=difference), np.bincount(place)
    drawn = rng.integers(len(names), size=(draws, len(names)))
    means = sums[drawn].sum(axis=1) / sizes[drawn].sum(axis=1)
    half = stats.norm.ppf(0.5 + confidence / 2) * means.std(ddof=1)
    low, high = np.mean(difference) - half, np.mean(difference) + half
    return float(low), float(high)
