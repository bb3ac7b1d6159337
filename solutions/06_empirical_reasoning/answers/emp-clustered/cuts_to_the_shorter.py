# wrong: cuts scores and clusters to the same length
# loses: one_task_only, refuses_one_cluster
def clustered_error(scores, clusters) -> dict[str, float]:
    scores = np.asarray(scores, dtype=float)
    names, place = np.unique(clusters, return_inverse=True)
    n = min(len(scores), len(place))
    scores, place = scores[:n], place[:n]
    if len(names) < 2:
        raise ValueError("each score needs its cluster, and one cluster alone has no spread")
    sums = np.bincount(place, weights=scores - scores.mean())
    return {
        "mean": scores.mean(),
        "naive": scores.std(ddof=1) / math.sqrt(len(scores)),
        "clustered": math.sqrt((sums**2).sum()) / len(scores),
        "n_clusters": len(names),
    }
