# right: one mask, no loop
# loses: none
def batched_outcome(audits, first, ran_at, batch):
    if batch < 1:
        raise ValueError("batch < 1")
    audits = np.array(audits, float)
    t = np.arange(audits.size)
    read = np.minimum(t - t % batch + batch - 1, audits.size - 1)
    useful = (read >= first) & (read <= (math.inf if ran_at is None else ran_at))
    escapes = np.exp(np.log1p(-np.where(useful & (audits < 1), audits, 0.0)).sum()) * (not (useful & (audits >= 1)).any())
    return [float(1 - escapes), float(escapes) if ran_at is not None else 0.0]
