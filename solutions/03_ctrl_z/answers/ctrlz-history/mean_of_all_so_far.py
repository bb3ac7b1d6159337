# wrong: takes the mean of all steps so far
# loses: fresh_runs, one_kept_step_is_the_highest_so_far, stays_and_never_falls, steps_that_have_not_happened_count_zero
def evidence_so_far(scores, keep=2):
    if keep < 1:
        raise ValueError("keep at least one step")
    out = []
    for t in range(len(scores)):
        top = scores[: t + 1]
        out.append(sum(top) / len(top))
    return out
