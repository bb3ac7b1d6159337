# wrong: the colleague's count with a refusal added
# loses: read_after_it_ran, fresh_attempts_in_batches, in_time_at_the_end_of_a_batch, honest_commands_call_too
def batched_outcome(audits, first, ran_at, batch):
    if batch < 1:
        raise ValueError("batch")
    return colleagues_outcome(audits, first, ran_at, batch)
