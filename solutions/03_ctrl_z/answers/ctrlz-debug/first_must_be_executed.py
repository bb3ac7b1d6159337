# wrong: finds an attack only after it was executed
# loses: batches_of_one, one_at_a_time_is_run_outcome, fresh_attempts_in_batches, honest_commands_call_too
def batched_outcome(audits, first, ran_at, batch):
    if batch < 1:
        raise ValueError("a batch has at least one command")
    escapes = 1.0
    for start in range(0, len(audits), batch):
        last = min(start + batch, len(audits)) - 1
        if last <= first:
            continue
        if ran_at is not None and last > ran_at:
            continue
        for step in range(start, last + 1):
            escapes *= 1 - audits[step]
    return 1 - escapes, 0.0 if ran_at is None else escapes
