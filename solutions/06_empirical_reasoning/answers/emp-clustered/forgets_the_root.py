# wrong: gives the variance
# loses: two_tasks, fresh_clusters, each_row_alone, copies_know_nothing_new, clusters_with_names
def clustered_error(scores, clusters) -> dict[str, float]:
    scores = np.asarray(scores, dtype=float)
    names, place = np.unique(clusters, return_inverse=True)
    if len(scores) != len(place) or len(names) < 2:
        raise ValueError("each score needs its cluster, and one cluster alone has no spread")
    sums = np.bincount(place, weights=scores - scores.mean())
    return {
        "mean": scores.mean(),
        "naive": scores.std(ddof=1) / math.sqrt(len(scores)),
        "clustered": (sums**2).sum() / len(scores) ** 2,
        "n_clusters": len(names),
    }
