# right: draws how often each task occurs
# loses: none
def cluster_bootstrap(a, b, tasks, draws, rng, confidence=0.95):
    tasks = [str(task) for task in tasks]
    names = sorted(set(tasks))
    if len(a) != len(b) or len(b) != len(tasks) or len(names) == 1:
        raise ValueError("rows that don't belong together")
    where = {name: i for i, name in enumerate(names)}
    sums, sizes = np.zeros(len(names)), np.zeros(len(names))
    for x, y, task in zip(a, b, tasks):
        sums[where[task]] += x - y
        sizes[where[task]] += 1
    times = rng.multinomial(len(names), np.full(len(names), 1 / len(names)), size=draws)
    means = (times @ sums) / (times @ sizes)
    return [np.percentile(means, 50 - 50 * confidence), np.percentile(means, 50 + 50 * confidence)]
