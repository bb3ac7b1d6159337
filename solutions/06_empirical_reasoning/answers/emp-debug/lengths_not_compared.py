# wrong: cuts everything to the shortest
# loses: refuses_what_does_not_fit, refuses_other_lengths
def cluster_bootstrap(a, b, tasks, draws, rng, confidence=0.95):
    n = min(len(a), len(b), len(tasks))
    difference = np.asarray(a, dtype=float)[:n] - np.asarray(b, dtype=float)[:n]
    names, place = np.unique(np.asarray(tasks)[:n], return_inverse=True)
    if len(names) < 2:
        raise ValueError("two tasks or more")
    sums, sizes = np.bincount(place, weights=difference), np.bincount(place)
    drawn = rng.integers(len(names), size=(draws, len(names)))
    means = sums[drawn].sum(axis=1) / sizes[drawn].sum(axis=1)
    low, high = np.percentile(means, [50 - 50 * confidence, 50 + 50 * confidence])
    return low, high
