# wrong: the colleague's: takes the most suspicious steps of the whole run
# loses: four_steps_by_hand, the_future_changes_nothing, fresh_runs, a_prefix_knows_as_much, steps_that_have_not_happened_count_zero
def evidence_so_far(scores, keep=2):
    if keep < 1:
        raise ValueError("keep at least one step")
    out = []
    for t in range(len(scores)):
        top = sorted(scores, reverse=True)[:keep]
        out.append(sum(top) / keep)
    return out
