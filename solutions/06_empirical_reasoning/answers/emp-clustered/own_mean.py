# wrong: takes each cluster's own mean off, so that every sum is zero
# loses: two_tasks, fresh_clusters, each_row_alone, copies_know_nothing_new, clusters_with_names
def clustered_error(scores, clusters) -> dict[str, float]:
    scores = np.asarray(scores, dtype=float)
    names, place = np.unique(clusters, return_inverse=True)
    if len(scores) != len(place) or len(names) < 2:
        raise ValueError("each score needs its cluster, and one cluster alone has no spread")
    sums = np.bincount(place, weights=scores - np.array([scores[place == p].mean() for p in place]))
    return {
        "mean": scores.mean(),
        "naive": scores.std(ddof=1) / math.sqrt(len(scores)),
        "clustered": math.sqrt((sums**2).sum()) / len(scores),
        "n_clusters": len(names),
    }
