# wrong: uses the drawn means of all items for both intervals
# loses: one_result_of_the_right_form, seven_items_by_hand, one_item_many_times, an_interval_of_the_difference, the_given_items
def infer_need(table, draws):
    areas = []
    for flags in table["same"]:
        if len(flags) < 2 or flags[-1] != 1:
            raise ValueError("a curve goes from nothing to the whole chain")
        width = 1 / (len(flags) - 1)
        areas.append(sum(width * (1 - (flags[i] + flags[i + 1]) / 2) for i in range(len(flags) - 1)))
    areas = np.array(areas)
    model, length, alone = np.array(table["model"]), np.array(table["length"]), np.array(table["alone"])
    result, drawn_all, drawn_half = {}, {}, {}
    for name in ("A", "B"):
        here = model == name
        long, short = areas[here & (length == "long")], areas[here & (length == "short")]
        if len(long) == 0 or len(short) == 0:
            raise ValueError("no items of one length")
        wrong_alone = areas[here & (alone == 0)]
        result[name] = {"aoc": float(areas[here].mean())}
        result[name]["needed"] = float(wrong_alone.mean()) if len(wrong_alone) else None
        result[name]["standard"] = float(0.5 * long.mean() + 0.5 * short.mean())
        drawn_long, drawn_short = long[np.array(draws[name]["long"])], short[np.array(draws[name]["short"])]
        drawn_all[name] = np.hstack([drawn_long, drawn_short]).mean(axis=1)
        drawn_half[name] = drawn_all[name]
    difference = {}
    for key in ("aoc", "needed", "standard"):
        a, b = result["A"][key], result["B"][key]
        difference[key] = b - a if a is not None and b is not None else None
    for key, drawn in (("aoc", drawn_all), ("standard", drawn_half)):
        low, high = np.percentile(drawn["B"] - drawn["A"], [2.5, 97.5])
        difference[key + "_low"], difference[key + "_high"] = float(low), float(high)
    result["difference"] = difference
    return result


found_need = infer_need(need_table, need_draws)
