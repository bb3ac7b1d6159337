# wrong: leaves the present step out
# loses: four_steps_by_hand, fresh_runs, one_kept_step_is_the_highest_so_far, steps_that_have_not_happened_count_zero
def evidence_so_far(scores, keep=2):
    if keep < 1:
        raise ValueError("keep at least one step")
    out = []
    for t in range(len(scores)):
        top = sorted(scores[:t], reverse=True)[:keep]
        out.append(sum(top) / keep)
    return out
