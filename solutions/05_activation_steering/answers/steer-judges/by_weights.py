# right: turns each draw into weights of the requests
# loses: none
def infer_change(plain, steered, draws):
    requests, where = np.unique(plain["request"], return_inverse=True)
    if not np.array_equal(requests, np.unique(steered["request"])) or steered["not_refused"].max() == 0:
        raise ValueError("not the same requests, or nothing opened")
    place = np.searchsorted(requests, steered["request"])
    table = np.zeros((3, len(requests)))
    for row, column in enumerate(["not_refused", "carried_out"]):
        np.add.at(table[row], place, steered[column])
        np.subtract.at(table[row], where, plain[column])
    table[2] = table[0] - table[1]
    weights = np.array([np.bincount(draw, minlength=len(requests)) / len(draw) for draw in draws])
    low, high = np.percentile(table @ weights.T, [2.5, 97.5], axis=1)
    whole = table.mean(axis=1)
    out = {"kept": float(steered["carried_out"].sum()) / float(steered["not_refused"].sum())}
    for i, name in enumerate(("open", "done", "gap")):
        out |= {name: float(whole[i]), name + "_low": float(low[i]), name + "_high": float(high[i])}
    return out


ablated = {name: infer_change(pick(name, "plain"), pick(name, "ablated"), judge_draws) for name in ASSISTANTS}
subtracted = {name: infer_change(pick(name, "plain"), pick(name, "subtracted"), judge_draws) for name in ASSISTANTS}
