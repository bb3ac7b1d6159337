# right: takes levels in each draw and subtracts them after
# loses: none
def infer_change(plain, steered, draws):
    if sorted(plain["request"]) != sorted(steered["request"]) or not np.any(steered["not_refused"]):
        raise ValueError("no change to be had")

    def levels(part, draw):
        order = np.argsort(part["request"], kind="stable")
        one, two = (np.mean(part[name][order][draw]) for name in ("not_refused", "carried_out"))
        return np.array([one, two, one - two])

    def change(draw):
        return levels(steered, draw) - levels(plain, draw)

    drawn = np.array([change(draw) for draw in draws])
    whole, low, high = change(slice(None)), np.quantile(drawn, 0.025, axis=0), np.quantile(drawn, 0.975, axis=0)
    found = {}
    for i, name in enumerate(["open", "done", "gap"]):
        found[name], found[name + "_low"], found[name + "_high"] = whole[i], low[i], high[i]
    opened = steered["not_refused"] == 1
    found["kept"] = np.mean(steered["carried_out"][opened])
    return found


def all_four(steering):
    return {who: infer_change(pick(who, "plain"), pick(who, steering), judge_draws) for who in ASSISTANTS}


ablated, subtracted = all_four("ablated"), all_four("subtracted")
