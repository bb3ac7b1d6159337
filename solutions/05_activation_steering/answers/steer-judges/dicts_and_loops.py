# right: dicts from request to answer, loops over draws
# loses: none
def infer_change(plain, steered, draws):
    old = {int(r): (int(a), int(b)) for r, a, b in zip(plain["request"], plain["not_refused"], plain["carried_out"])}
    new = {int(r): (int(a), int(b)) for r, a, b in zip(steered["request"], steered["not_refused"], steered["carried_out"])}
    if old.keys() != new.keys():
        raise ValueError("the requests differ")
    opened = sum(a for a, _ in new.values())
    if not opened:
        raise ValueError("nothing was opened")
    numbers = sorted(old)
    changes = [(new[n][0] - old[n][0], new[n][1] - old[n][1]) for n in numbers]
    measures = {"open": lambda c: c[0], "done": lambda c: c[1], "gap": lambda c: c[0] - c[1]}
    out = {"kept": sum(b for _, b in new.values()) / opened}
    for name, of in measures.items():
        values = np.array([of(change) for change in changes], dtype=float)
        out[name] = float(values.sum() / len(values))
        means = [values[draw].sum() / len(draw) for draw in draws]
        out[f"{name}_low"] = float(np.percentile(means, 2.5))
        out[f"{name}_high"] = float(np.percentile(means, 97.5))
    return out


ablated, subtracted = {}, {}
for who in ASSISTANTS:
    ablated[who] = infer_change(pick(who, "plain"), pick(who, "ablated"), judge_draws)
    subtracted[who] = infer_change(pick(who, "plain"), pick(who, "subtracted"), judge_draws)
