# wrong: draws the plain answers by one half of the draws and the steered ones by the other, as if they were two groups of requests
# loses: intervals_follow_the_draws, the_given_assistants
def infer_change(plain, steered, draws):
    before, after = np.argsort(plain["request"]), np.argsort(steered["request"])
    if list(plain["request"][before]) != list(steered["request"][after]):
        raise ValueError("other requests")
    if steered["not_refused"].sum() == 0:
        raise ValueError("all refused")
    judge1 = steered["not_refused"][after] - plain["not_refused"][before]
    judge2 = steered["carried_out"][after] - plain["carried_out"][before]
    result = {"kept": steered["carried_out"].sum() / steered["not_refused"].sum()}
    for name, change in {"open": judge1, "done": judge2, "gap": judge1 - judge2}.items():
        old = {"open": plain["not_refused"], "done": plain["carried_out"], "gap": plain["not_refused"] - plain["carried_out"]}[name]
        new = change + old[before]
        drawn = new[draws].mean(axis=1) - old[before][np.roll(draws, 1, axis=0)].mean(axis=1)
        result[name] = change.mean()
        result[name + "_low"], result[name + "_high"] = np.percentile(drawn, [2.5, 97.5])
    return result


ablated = {name: infer_change(pick(name, "plain"), pick(name, "ablated"), judge_draws) for name in ASSISTANTS}
subtracted = {name: infer_change(pick(name, "plain"), pick(name, "subtracted"), judge_draws) for name in ASSISTANTS}
