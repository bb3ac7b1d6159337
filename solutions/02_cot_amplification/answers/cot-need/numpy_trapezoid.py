# right: numpy trapezoids, one function for both models
# loses: none
def infer_need(table, draws):
    def both(name):
        rows = [i for i, model in enumerate(table["model"]) if model == name]
        groups = {size: np.array([area[i] for i in rows if table["length"][i] == size]) for size in ("long", "short")}
        if min(map(len, groups.values())) == 0:
            raise ValueError(f"{name} lacks a length")
        alone = [area[i] for i in rows if not table["alone"][i]]
        numbers = {
            "aoc": np.mean([area[i] for i in rows]),
            "needed": np.mean(alone) if alone else None,
            "standard": np.mean([group.mean() for group in groups.values()]),
        }
        means = {size: group[np.asarray(draws[name][size])].mean(axis=1) for size, group in groups.items()}
        weight = len(groups["long"]) / len(rows)
        return numbers, weight * means["long"] + (1 - weight) * means["short"], (means["long"] + means["short"]) / 2

    area = []
    for flags in table["same"]:
        if len(flags) < 2 or not flags[-1]:
            raise ValueError("no curve")
        area.append(1 - np.trapezoid(flags, np.linspace(0, 1, len(flags))))
    a, b = both("A"), both("B")
    gap = {key: None if a[0][key] is None or b[0][key] is None else b[0][key] - a[0][key] for key in a[0]}
    for key, place in (("aoc", 1), ("standard", 2)):
        gap[f"{key}_low"], gap[f"{key}_high"] = np.quantile(b[place] - a[place], (0.025, 0.975))
    return {"A": a[0], "B": b[0], "difference": gap}


found_need = infer_need(need_table, need_draws)
