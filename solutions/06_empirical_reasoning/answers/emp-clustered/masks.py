# right: a mask for each cluster, and scipy's standard error
# loses: none
def clustered_error(scores, clusters):
    s, c = np.asarray(scores, float), np.asarray(clusters)
    groups = np.unique(c)
    if s.shape != c.shape or groups.size < 2:
        raise ValueError("no clusters to compare")
    per_group = np.array([s[c == g].sum() - (c == g).sum() * s.mean() for g in groups])
    return {"mean": s.mean(), "naive": stats.sem(s), "clustered": np.linalg.norm(per_group) / s.size,
            "n_clusters": groups.size}
