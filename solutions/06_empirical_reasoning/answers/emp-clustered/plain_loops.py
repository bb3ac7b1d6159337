# right: a dictionary of sums, in plain Python
# loses: none
def clustered_error(scores, clusters):
    scores, clusters = list(scores), list(clusters)
    if len(scores) != len(clusters) or len(set(clusters)) <= 1:
        raise ValueError("two clusters at least, and one for each score")
    n = len(scores)
    mean = sum(scores) / n
    sums = {}
    for score, cluster in zip(scores, clusters):
        sums[cluster] = sums.get(cluster, 0.0) + (score - mean)
    naive = (sum((score - mean) ** 2 for score in scores) / (n - 1) / n) ** 0.5
    clustered = sum(value**2 for value in sums.values()) ** 0.5 / n
    return dict(mean=mean, naive=naive, clustered=clustered, n_clusters=len(sums))
