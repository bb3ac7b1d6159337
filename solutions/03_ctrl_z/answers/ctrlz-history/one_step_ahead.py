# wrong: sees one step too many
# loses: four_steps_by_hand, the_future_changes_nothing, fresh_runs, a_prefix_knows_as_much, one_kept_step_is_the_highest_so_far
def evidence_so_far(scores, keep=2):
    if keep < 1:
        raise ValueError("keep at least one step")
    out = []
    for t in range(len(scores)):
        top = sorted(scores[: t + 2], reverse=True)[:keep]
        out.append(sum(top) / keep)
    return out
