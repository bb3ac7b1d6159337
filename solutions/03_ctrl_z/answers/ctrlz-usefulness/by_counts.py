# right: counts how often each draw took each task, then one matrix product
# loses: none
def usefulness_interval(protocol, untrusted, trusted, draws):
    rates = np.stack([np.mean(np.asarray(solved, dtype=float), 1) for solved in (protocol, untrusted, trusted)], axis=1)
    tasks = len(rates)
    taken = np.stack([np.bincount(draw, minlength=tasks) for draw in np.asarray(draws, dtype=int)])
    p, u, t = np.vstack([np.ones(tasks), taken]).dot(rates).T
    if not u[0] > t[0]:
        raise ValueError("no scale")
    kept = u > t
    values = (p[kept] - t[kept]) / (u[kept] - t[kept])
    low, high = np.percentile(values[1:], (2.5, 97.5))
    return np.array([values[0], low, high])
