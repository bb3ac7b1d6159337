# wrong: forgets that the last batch may be short
# loses: the_last_batch_may_be_short, fresh_attempts_in_batches
def batched_outcome(audits, first, ran_at, batch):
    if batch < 1:
        raise ValueError("a batch has at least one command")
    escapes = 1.0
    for start in range(0, len(audits), batch):
        last = start + batch - 1
        if last < first:
            continue
        if ran_at is not None and last > ran_at:
            continue
        for step in range(start, min(last + 1, len(audits))):
            escapes *= 1 - audits[step]
    return 1 - escapes, 0.0 if ran_at is None else escapes
