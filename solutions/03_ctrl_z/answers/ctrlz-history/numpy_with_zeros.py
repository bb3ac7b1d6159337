# right: a table with the future filled with zeros, sorted row by row
# loses: none
def evidence_so_far(scores, keep=2):
    if not keep >= 1:
        raise ValueError("keep must be at least 1")
    scores = np.asarray(scores, dtype=float)
    n = len(scores)
    known = np.tril(np.tile(scores, (n, 1)))
    padded = np.hstack([known, np.zeros((n, keep))])
    return np.sort(padded, axis=1)[:, ::-1][:, :keep].mean(axis=1)
