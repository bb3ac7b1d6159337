# wrong: begins when `keep` steps have happened
# loses: four_steps_by_hand, the_future_changes_nothing, fresh_runs, steps_that_have_not_happened_count_zero
def evidence_so_far(scores, keep=2):
    if keep < 1:
        raise ValueError("keep at least one step")
    out = []
    for t in range(keep - 1, len(scores)):
        top = sorted(scores[: t + 1], reverse=True)[:keep]
        out.append(sum(top) / keep)
    return out
