# wrong: divides what was carried out by all answers, refused ones too
# loses: four_requests_by_hand, kept_among_those_not_refused, refuses_what_cannot_be_compared, the_given_assistants
def infer_change(plain, steered, draws):
    before, after = np.argsort(plain["request"]), np.argsort(steered["request"])
    if list(plain["request"][before]) != list(steered["request"][after]):
        raise ValueError("other requests")
    judge1 = steered["not_refused"][after] - plain["not_refused"][before]
    judge2 = steered["carried_out"][after] - plain["carried_out"][before]
    result = {"kept": steered["carried_out"].sum() / len(steered["request"])}
    for name, change in {"open": judge1, "done": judge2, "gap": judge1 - judge2}.items():
        drawn = change[draws].mean(axis=1)
        result[name] = change.mean()
        result[name + "_low"], result[name + "_high"] = np.percentile(drawn, [2.5, 97.5])
    return result


ablated = {name: infer_change(pick(name, "plain"), pick(name, "ablated"), judge_draws) for name in ASSISTANTS}
subtracted = {name: infer_change(pick(name, "plain"), pick(name, "subtracted"), judge_draws) for name in ASSISTANTS}
