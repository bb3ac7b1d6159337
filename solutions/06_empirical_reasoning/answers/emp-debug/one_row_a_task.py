# wrong: takes one row of each drawn task, the first
# loses: large_and_small_tasks
def cluster_bootstrap(a, b, tasks, draws: int, rng, confidence: float = 0.95) -> tuple[float, float]:
    difference = np.asarray(a, dtype=float) - np.asarray(b, dtype=float) if len(a) == len(b) else []
    names, place = np.unique(tasks, return_inverse=True)
    if len(difference) != len(place) or len(names) < 2:
        raise ValueError("a, b and tasks belong together row by row, with two or more tasks")
    sums, sizes = np.bincount(place, weights=difference), np.bincount(place)
    drawn = rng.integers(len(names), size=(draws, len(names)))
    first = np.unique(place, return_index=True)[1]
    means = difference[first][drawn].mean(axis=1)
    low, high = np.percentile(means, [50 - 50 * confidence, 50 + 50 * confidence])
    return float(low), float(high)
