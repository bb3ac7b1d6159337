# wrong: takes the last `keep` steps
# loses: four_steps_by_hand, fresh_runs, one_kept_step_is_the_highest_so_far, stays_and_never_falls
def evidence_so_far(scores, keep=2):
    if keep < 1:
        raise ValueError("keep at least one step")
    out = []
    for t in range(len(scores)):
        top = scores[max(0, t + 1 - keep) : t + 1]
        out.append(sum(top) / keep)
    return out
