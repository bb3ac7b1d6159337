# wrong: takes the places in the draws as request numbers less one, which is right for numbers from 1 to n
# loses: request_numbers_are_names
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
        drawn = []
        order = {int(number): value for number, value in zip(plain["request"][before], change, strict=True)}
        for draw in draws:
            drawn.append(np.mean([order.get(int(place) + 1, 0) for place in draw]))
        result[name] = change.mean()
        result[name + "_low"], result[name + "_high"] = np.percentile(drawn, [2.5, 97.5])
    return result


ablated = {name: infer_change(pick(name, "plain"), pick(name, "ablated"), judge_draws) for name in ASSISTANTS}
subtracted = {name: infer_change(pick(name, "plain"), pick(name, "subtracted"), judge_draws) for name in ASSISTANTS}
