# wrong: begins a new cluster wherever the next row has another one
# loses: fresh_clusters, opposite_runs_cancel, clusters_with_names
def clustered_error(scores, clusters) -> dict[str, float]:
    scores = np.asarray(scores, dtype=float)
    clusters = np.asarray(clusters)
    place = np.concatenate([[0], np.cumsum(clusters[1:] != clusters[:-1])])
    names = np.unique(place)
    if len(scores) != len(place) or len(names) < 2:
        raise ValueError("each score needs its cluster, and one cluster alone has no spread")
    sums = np.bincount(place, weights=scores - scores.mean())
    return {
        "mean": scores.mean(),
        "naive": scores.std(ddof=1) / math.sqrt(len(scores)),
        "clustered": math.sqrt((sums**2).sum()) / len(scores),
        "n_clusters": len(names),
    }
