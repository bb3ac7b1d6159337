# wrong: takes the rows of both conditions as if they stood in the same order; the means come out right, the intervals do not
# loses: one_request_four_times_by_hand, intervals_follow_the_draws, request_numbers_are_names, the_given_assistants
def infer_change(plain, steered, draws):
    before, after = np.arange(len(plain["request"])), np.arange(len(steered["request"]))
    if set(plain["request"]) != set(steered["request"]):
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
    return result


ablated = {name: infer_change(pick(name, "plain"), pick(name, "ablated"), judge_draws) for name in ASSISTANTS}
subtracted = {name: infer_change(pick(name, "plain"), pick(name, "subtracted"), judge_draws) for name in ASSISTANTS}
