# wrong: refuses nothing
# loses: refuses_to_keep_nothing
def evidence_so_far(scores, keep=2):
    keep = max(keep, 1)
    out = []
    for t in range(len(scores)):
        top = sorted(scores[: t + 1], reverse=True)[:keep]
        out.append(sum(top) / keep)
    return out
