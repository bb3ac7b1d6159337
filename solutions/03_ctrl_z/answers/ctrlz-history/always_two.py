# wrong: keeps two whatever is asked for
# loses: one_kept_step_is_the_highest_so_far, fresh_runs, steps_that_have_not_happened_count_zero
def evidence_so_far(scores, keep=2):
    if keep < 1:
        raise ValueError("keep at least one step")
    out = []
    for t in range(len(scores)):
        top = sorted(scores[: t + 1], reverse=True)[:2]
        out.append(sum(top) / 2)
    return out
