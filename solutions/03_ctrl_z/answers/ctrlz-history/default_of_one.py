# wrong: keeps one step by default
# loses: one_kept_step_is_the_highest_so_far
def evidence_so_far(scores, keep=1):
    if keep < 1:
        raise ValueError("keep at least one step")
    out = []
    for t in range(len(scores)):
        top = sorted(scores[: t + 1], reverse=True)[:keep]
        out.append(sum(top) / keep)
    return out
