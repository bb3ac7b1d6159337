# wrong: takes the interval of the gap from the ends of the two others, as if the judges did not read the same answers
# loses: the_gap_has_an_interval_of_its_own, the_given_assistants
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
        drawn = change[draws].mean(axis=1)
        result[name] = change.mean()
        result[name + "_low"], result[name + "_high"] = np.percentile(drawn, [2.5, 97.5])
    result["gap_low"] = result["open_low"] - result["done_high"]
    result["gap_high"] = result["open_high"] - result["done_low"]
    return result


ablated = {name: infer_change(pick(name, "plain"), pick(name, "ablated"), judge_draws) for name in ASSISTANTS}
subtracted = {name: infer_change(pick(name, "plain"), pick(name, "subtracted"), judge_draws) for name in ASSISTANTS}
