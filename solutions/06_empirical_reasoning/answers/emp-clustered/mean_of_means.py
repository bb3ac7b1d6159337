# wrong: gives the mean of the clusters' means
# loses: fresh_clusters
def clustered_error(scores, clusters) -> dict[str, float]:
    scores = np.asarray(scores, dtype=float)
    names, place = np.unique(clusters, return_inverse=True)
    if len(scores) != len(place) or len(names) < 2:
        raise ValueError("each score needs its cluster, and one cluster alone has no spread")
    sums = np.bincount(place, weights=scores - scores.mean())
    return {
        "mean": np.mean([scores[place == p].mean() for p in range(len(names))]),
        "naive": scores.std(ddof=1) / math.sqrt(len(scores)),
        "clustered": math.sqrt((sums**2).sum()) / len(scores),
        "n_clusters": len(names),
    }
