# right: puts the rows of the drawn tasks one after the other
# loses: none
def cluster_bootstrap(a, b, tasks, draws, rng, confidence=0.95):
    a, b, tasks = np.asarray(a), np.asarray(b), np.asarray(tasks)
    if not len(a) == len(b) == len(tasks):
        raise ValueError("one entry a row")
    names = np.unique(tasks)
    if len(names) < 2:
        raise ValueError("two tasks or more")
    parts = [(a - b)[tasks == name] for name in names]
    means = []
    for _ in range(draws):
        drawn = rng.choice(len(names), size=len(names), replace=True)
        means.append(np.concatenate([parts[i] for i in drawn]).mean())
    return tuple(np.percentile(means, [50 - 50 * confidence, 50 + 50 * confidence]))
