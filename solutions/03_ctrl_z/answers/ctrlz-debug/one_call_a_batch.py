# wrong: lets only the most suspicious command of a batch call an auditor
# loses: fresh_attempts_in_batches, in_time_at_the_end_of_a_batch, the_last_batch_may_be_short, a_script_that_never_runs
def batched_outcome(audits, first, ran_at, batch):
    if batch < 1:
        raise ValueError("a batch has at least one command")
    escapes = 1.0
    for start in range(0, len(audits), batch):
        last = min(start + batch, len(audits)) - 1
        if last < first:
            continue
        if ran_at is not None and last > ran_at:
            continue
        escapes *= 1 - max(audits[start : last + 1])
    return 1 - escapes, 0.0 if ran_at is None else escapes
