# right: puts the answers into three arrays of words and compares them
# loses: none
def compaction_audit(before, after, truth):
    rows = [(before.get(t, "unknown"), after.get(t, "unknown"), place) for t, place in truth.items()]
    old, new, place = np.array(rows, dtype=object).reshape(-1, 3).T
    had, has = (old != "unknown").astype(bool), (new != "unknown").astype(bool)
    same = (old == new).astype(bool)
    flags = {"kept": had & same, "changed": had & has & ~same, "lost": had & ~has}
    flags |= {"invented": ~had & has, "absent": ~had & ~has, "false": has & (new != place).astype(bool)}
    return {name: int(np.count_nonzero(flag)) for name, flag in flags.items()}
