# wrong: gives 0 until `keep` steps have happened
# loses: four_steps_by_hand, fresh_runs, steps_that_have_not_happened_count_zero
def evidence_so_far(scores, keep=2):
    if keep < 1:
        raise ValueError("keep at least one step")
    out = []
    for t in range(len(scores)):
        top = sorted(scores[: t + 1], reverse=True)[:keep]
        out.append(sum(top) / keep if len(top) == keep else 0.0)
    return out
