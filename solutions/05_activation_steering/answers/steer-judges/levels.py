# wrong: reports where the steered assistant is, as the report does, not how far it moved
# loses: four_requests_by_hand, fresh_answers, intervals_follow_the_draws, the_given_assistants
def infer_change(plain, steered, draws):
    before, after = np.argsort(plain["request"]), np.argsort(steered["request"])
    if list(plain["request"][before]) != list(steered["request"][after]):
        raise ValueError("other requests")
    if steered["not_refused"].sum() == 0:
        raise ValueError("all refused")
    judge1 = steered["not_refused"][after]
    judge2 = steered["carried_out"][after]
    result = {"kept": steered["carried_out"].sum() / steered["not_refused"].sum()}
    for name, change in {"open": judge1, "done": judge2, "gap": judge1 - judge2}.items():
        drawn = change[draws].mean(axis=1)
        result[name] = change.mean()
        result[name + "_low"], result[name + "_high"] = np.percentile(drawn, [2.5, 97.5])
    return result


ablated = {name: infer_change(pick(name, "plain"), pick(name, "ablated"), judge_draws) for name in ASSISTANTS}
subtracted = {name: infer_change(pick(name, "plain"), pick(name, "subtracted"), judge_draws) for name in ASSISTANTS}
