# right: Miller's sums over pairs of rows within a cluster, by a matrix
# loses: none
def clustered_error(scores, clusters):
    scores, clusters = np.array(scores, dtype=float), np.array(clusters)
    n = len(scores)
    if len(clusters) != n or len(set(clusters.tolist())) < 2:
        raise ValueError("clusters")
    r = scores - np.mean(scores)
    same = clusters[:, None] == clusters[None, :]
    variance = float((np.outer(r, r) * same).sum()) / n**2
    return {
        "n_clusters": len(set(clusters.tolist())),
        "mean": float(np.mean(scores)),
        "clustered": math.sqrt(max(variance, 0.0)),
        "naive": float(np.sqrt((r**2).sum() / (n - 1) / n)),
    }
