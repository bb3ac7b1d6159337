# right: asks of each step when it is read
# loses: none
def batched_outcome(audits, first, ran_at, batch):
    if batch <= 0:
        raise ValueError("batches of at least one")
    n = len(audits)
    deadline = n - 1 if ran_at is None else ran_at
    missed = 1.0
    for step, a in enumerate(audits):
        read_at = min((step // batch + 1) * batch, n) - 1
        if first <= read_at <= deadline:
            missed *= 1.0 - float(a)
    return (1.0 - missed, missed if ran_at is not None else 0.0)
