# wrong: takes the 2.5th and the 97.5th percentile whatever the confidence
# loses: inner_intervals
def cluster_bootstrap(a, b, tasks, draws: int, rng, confidence: float = 0.95) -> tuple[float, float]:
    difference = np.asarray(a, dtype=float) - np.asarray(b, dtype=float) if len(a) == len(b) else []
    names, place = np.unique(tasks, return_inverse=True)
    if len(difference) != len(place) or len(names) < 2:
        raise ValueError("a, b and tasks belong together row by row, with two or more tasks")
    sums, sizes = np.bincount(place, weights=difference), np.bincount(place)
    drawn = rng.integers(len(names), size=(draws, len(names)))
    means = sums[drawn].sum(axis=1) / sizes[drawn].sum(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return float(low), float(high)
