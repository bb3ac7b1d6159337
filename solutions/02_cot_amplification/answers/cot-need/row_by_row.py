# right: plain lists, and one draw after the other
# loses: none
def infer_need(table, draws):
    items = {(name, size): [] for name in "AB" for size in ("long", "short")}
    wrong = {"A": [], "B": []}
    for name, size, alone, flags in zip(table["model"], table["length"], table["alone"], table["same"]):
        if len(flags) < 2:
            raise ValueError("one cut is no curve")
        if flags[-1] != 1:
            raise ValueError("the whole chain gives its own answer")
        inner = sum(flags[1:-1]) + (flags[0] + flags[-1]) / 2
        items[name, size].append(1 - inner / (len(flags) - 1))
        if alone == 0:
            wrong[name].append(items[name, size][-1])
    if not all(items.values()):
        raise ValueError("both lengths, please")
    mean = lambda values: sum(values) / len(values)
    out = {}
    for name in "AB":
        out[name] = dict(aoc=mean(items[name, "long"] + items[name, "short"]))
        out[name]["needed"] = mean(wrong[name]) if wrong[name] else None
        out[name]["standard"] = (mean(items[name, "long"]) + mean(items[name, "short"])) / 2
    gaps = {"aoc": [], "standard": []}
    for row in range(len(draws["A"]["long"])):
        now = {}
        for name in "AB":
            long = [items[name, "long"][k] for k in draws[name]["long"][row]]
            short = [items[name, "short"][k] for k in draws[name]["short"][row]]
            now[name] = mean(long + short), (mean(long) + mean(short)) / 2
        gaps["aoc"].append(now["B"][0] - now["A"][0])
        gaps["standard"].append(now["B"][1] - now["A"][1])
    less = {}
    for key in ("aoc", "needed", "standard"):
        known = out["A"][key] is not None and out["B"][key] is not None
        less[key] = out["B"][key] - out["A"][key] if known else None
    for key, values in gaps.items():
        less[key + "_low"], less[key + "_high"] = np.percentile(values, 2.5), np.percentile(values, 97.5)
    return out | {"difference": less}


found_need = infer_need(need_table, need_draws)
