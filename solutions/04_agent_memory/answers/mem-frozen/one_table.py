# right: one table, differences and their signs
# loses: none
def infer_selected(repetition, first, again, record, none, threshold=0.5):
    try:
        table = np.array([repetition, first, again, record, none], dtype=float)
    except ValueError as error:
        raise ValueError("columns of one length, please") from error
    where = np.flatnonzero(np.nan_to_num(table[0], nan=-1.0) >= threshold)
    where = where[table[1, where] < 0.5]
    if where.size == 0:
        raise ValueError("the rule selects nothing")
    differences = table[3] - table[[2, 4]]
    out = dict(zip(("again", "record", "none"), table[2:, where].mean(axis=1)), selected=where.size)
    for name, row in zip(("again", "none"), differences):
        signs = row[where][row[where] != 0]
        out["over_" + name], out["all_" + name] = row[where].mean(), row.mean()
        out["p_" + name] = stats.binomtest(int((signs > 0).sum()), len(signs)).pvalue if len(signs) else 1
    return out


all_frozen = infer_selected(repetition, **solved_in)
last = np.flatnonzero(np.cumsum((repetition >= 0.5) & (solved_in["first"] == 0)) == 16)[0]
first_sixteen = infer_selected(repetition[: last + 1], **{name: run[: last + 1] for name, run in solved_in.items()})
