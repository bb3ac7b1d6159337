# right: lists and loops
# loses: none
def infer_attack(log, draws):
    rows = list(zip(log["session"], log["memory"], log["injected"], log["retrieved"], log["acted"], log["harmful"]))
    if any(row[k] > row[k - 1] for row in rows for k in (3, 4, 5)):
        raise ValueError("the steps don't follow")

    def of_size(size):
        mine = [row for row in rows if row[1] == size]
        if len(mine) == 0:
            raise ValueError("a memory size is missing")
        part, left = {}, mine
        for k, step in enumerate(["injected", "retrieved", "acted", "harmful"], start=2):
            going_on = [row for row in left if row[k]]
            part[step] = len(going_on) / len(left) if left else None
            left = going_on
        part["end_to_end"] = len(left) / len(mine)
        order = sorted({row[0] for row in mine})
        drawn = []
        for draw in draws[size]:
            requests = [row for place in draw for row in mine if row[0] == order[int(place)]]
            drawn.append(sum(row[5] for row in requests) / len(requests))
        return part, drawn

    def ends(values):
        return {"low": float(np.percentile(values, 2.5)), "high": float(np.percentile(values, 97.5))}

    empty, empty_drawn = of_size("empty")
    filled, filled_drawn = of_size("filled")
    less = [a - b for a, b in zip(empty_drawn, filled_drawn)]
    gain = {"end_to_end": empty["end_to_end"] - filled["end_to_end"]}
    return {
        "empty": empty | ends(empty_drawn),
        "filled": filled | ends(filled_drawn),
        "difference": gain | ends(less),
    }


found_attack = infer_attack(attack_log, session_draws)
