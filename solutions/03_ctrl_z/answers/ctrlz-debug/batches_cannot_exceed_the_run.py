# wrong: refuses batches that are larger than the run
# loses: the_last_batch_may_be_short
def batched_outcome(audits, first, ran_at, batch):
    if not 1 <= batch <= len(audits):
        raise ValueError("a batch has at least one command")
    escapes = 1.0
    for start in range(0, len(audits), batch):
        last = min(start + batch, len(audits)) - 1
        if last < first:
            continue
        if ran_at is not None and last > ran_at:
            continue
        for step in range(start, last + 1):
            escapes *= 1 - audits[step]
    return 1 - escapes, 0.0 if ran_at is None else escapes
