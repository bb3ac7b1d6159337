# wrong: adds the cross terms once in place of twice
# loses: two_tasks, fresh_clusters, copies_know_nothing_new, opposite_runs_cancel, clusters_with_names
def clustered_error(scores, clusters) -> dict[str, float]:
    scores = np.asarray(scores, dtype=float)
    names, place = np.unique(clusters, return_inverse=True)
    if len(scores) != len(place) or len(names) < 2:
        raise ValueError("each score needs its cluster, and one cluster alone has no spread")
    sums = np.bincount(place, weights=scores - scores.mean())
    return {
        "mean": scores.mean(),
        "naive": scores.std(ddof=1) / math.sqrt(len(scores)),
        "clustered": math.sqrt((sums**2).sum() + ((scores - scores.mean()) ** 2).sum()) / len(scores) / math.sqrt(2),
        "n_clusters": len(names),
    }
