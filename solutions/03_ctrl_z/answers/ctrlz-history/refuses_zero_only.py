# wrong: refuses zero, but not less
# loses: refuses_to_keep_nothing
def evidence_so_far(scores, keep=2):
    if keep == 0:
        raise ValueError("keep at least one step")
    out = []
    for t in range(len(scores)):
        top = sorted(scores[: t + 1], reverse=True)[:keep]
        out.append(sum(top) / keep)
    return out
