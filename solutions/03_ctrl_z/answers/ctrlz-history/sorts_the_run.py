# wrong: sorts the run itself before it goes through it
# loses: the_future_changes_nothing, fresh_runs
def evidence_so_far(scores, keep=2):
    if keep < 1:
        raise ValueError("keep at least one step")
    out = []
    scores.sort(reverse=True)
    for t in range(len(scores)):
        top = sorted(scores[: t + 1], reverse=True)[:keep]
        out.append(sum(top) / keep)
    return out
