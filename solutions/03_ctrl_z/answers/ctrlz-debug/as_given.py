# wrong: the colleague's function as it is
# loses: read_after_it_ran, fresh_attempts_in_batches, in_time_at_the_end_of_a_batch, honest_commands_call_too, refuses_batches_of_nothing
def batched_outcome(audits, first, ran_at, batch):
    return colleagues_outcome(audits, first, ran_at, batch)
