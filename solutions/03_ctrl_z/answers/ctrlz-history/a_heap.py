# right: keeps a heap of the highest scores
# loses: none
def evidence_so_far(scores, keep=2):
    import heapq

    if keep < 1:
        raise ValueError(f"keep is {keep}")
    best = [0.0] * keep
    rows = []
    for score in scores:
        heapq.heappushpop(best, score)
        rows.append(math.fsum(best) / keep)
    return rows
