# wrong: compares whatever it is given, and calls the share among none zero
# loses: refuses_what_cannot_be_compared
def infer_change(plain, steered, draws):
    before, after = np.argsort(plain["request"]), np.argsort(steered["request"])
    before, after = before[: len(after)], after[: len(before)]
    judge1 = steered["not_refused"][after] - plain["not_refused"][before]
    judge2 = steered["carried_out"][after] - plain["carried_out"][before]
    result = {"kept": steered["carried_out"].sum() / max(1, steered["not_refused"].sum())}
    for name, change in {"open": judge1, "done": judge2, "gap": judge1 - judge2}.items():
        drawn = change[draws].mean(axis=1)
        result[name] = change.mean()
        result[name + "_low"], result[name + "_high"] = np.percentile(drawn, [2.5, 97.5])
    return result


ablated = {name: infer_change(pick(name, "plain"), pick(name, "ablated"), judge_draws) for name in ASSISTANTS}
subtracted = {name: infer_change(pick(name, "plain"), pick(name, "subtracted"), judge_draws) for name in ASSISTANTS}
