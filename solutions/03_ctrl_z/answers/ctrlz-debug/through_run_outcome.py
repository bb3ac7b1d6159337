# right: moves each batch's audits to its last step and asks run_outcome
# loses: none
def batched_outcome(audits, first, ran_at, batch):
    if batch < 1:
        raise ValueError(batch)
    audits = np.asarray(audits, dtype=float)
    moved = np.zeros(len(audits))
    for start in range(0, len(audits), batch):
        group = audits[start : start + batch]
        moved[start + len(group) - 1] = 1 - np.prod(1 - group)
    return run_outcome(moved, first, ran_at)
