# right: keeps the colleague's draw, and counts how often each row comes along
# loses: none
def cluster_bootstrap(a, b, tasks, draws, rng, confidence=0.95):
    if len(a) != len(b) or len(a) != len(tasks):
        raise ValueError("lengths")
    difference = np.subtract(a, b)
    names, place = np.unique(tasks, return_inverse=True)
    if names.size < 2:
        raise ValueError("one task")
    means = np.empty(draws)
    for i in range(draws):
        often = np.bincount(rng.integers(names.size, size=names.size), minlength=names.size)
        means[i] = np.average(difference, weights=often[place])
    return np.quantile(means, [0.5 - confidence / 2, 0.5 + confidence / 2])
