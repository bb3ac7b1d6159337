# wrong: lets earlier steps fade by half
# loses: four_steps_by_hand, fresh_runs, stays_and_never_falls, one_kept_step_is_the_highest_so_far
def evidence_so_far(scores, keep=2):
    if keep < 1:
        raise ValueError("keep at least one step")
    out = []
    for t in range(len(scores)):
        top = sorted((s * 0.5 ** (t - i) for i, s in enumerate(scores[: t + 1])), reverse=True)[:keep]
        out.append(sum(top) / keep)
    return out
