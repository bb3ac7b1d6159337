# wrong: uses the cluster's name as a place in an array
# loses: clusters_with_names
def clustered_error(scores, clusters) -> dict[str, float]:
    scores = np.asarray(scores, dtype=float)
    place = np.asarray(clusters, dtype=int)
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
