# right: nlargest on what is known
# loses: none
def evidence_so_far(scores, keep: int = 2):
    from heapq import nlargest

    if keep <= 0:
        raise ValueError
    known, found = [], []
    for s in scores:
        known = known + [s]
        found += [np.sum(nlargest(keep, known)) / keep]
    return found
