# wrong: counts only auditors who are called for a step from the first attack on
# loses: fresh_attempts_in_batches, honest_commands_call_too, a_script_that_never_runs
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
        for step in range(max(start, first), last + 1):
            escapes *= 1 - audits[step]
    return 1 - escapes, 0.0 if ran_at is None else escapes
