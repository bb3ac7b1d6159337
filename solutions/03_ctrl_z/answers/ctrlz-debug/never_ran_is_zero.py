# wrong: takes None for a script that ran at once
# loses: a_script_that_never_runs, fresh_attempts_in_batches, one_at_a_time_is_run_outcome
def batched_outcome(audits, first, ran_at, batch):
    if batch < 1:
        raise ValueError("a batch has at least one command")
    escapes = 1.0
    for start in range(0, len(audits), batch):
        last = min(start + batch, len(audits)) - 1
        if last < first:
            continue
        if last > (ran_at or 0):
            continue
        for step in range(start, last + 1):
            escapes *= 1 - audits[step]
    return 1 - escapes, 0.0 if ran_at is None else escapes
