# wrong: reads a batch before its first command is executed
# loses: read_after_it_ran, fresh_attempts_in_batches, in_time_at_the_end_of_a_batch
def batched_outcome(audits, first, ran_at, batch):
    if batch < 1:
        raise ValueError("a batch has at least one command")
    escapes = 1.0
    for start in range(0, len(audits), batch):
        last = min(start + batch, len(audits)) - 1
        if last < first:
            continue
        if ran_at is not None and start > ran_at:
            continue
        for step in range(start, last + 1):
            escapes *= 1 - audits[step]
    return 1 - escapes, 0.0 if ran_at is None else escapes
