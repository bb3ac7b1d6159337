# wrong: sorts the drawn rates before it subtracts
# loses: the_difference_has_an_interval_of_its_own, the_given_log
def infer_attack(log, draws):
    names = ["injected", "retrieved", "acted", "harmful"]
    columns = {name: np.array(log[name]) for name in names}
    for before, after in zip(names, names[1:]):
        if ((columns[after] == 1) & (columns[before] == 0)).any():
            raise ValueError("a step without the one before it")
    memory, session = np.array(log["memory"]), np.array(log["session"])
    result, drawn = {}, {}
    for size in ("empty", "filled"):
        here = memory == size
        if not here.any():
            raise ValueError("no requests")
        result[size], base = {}, here
        for name in names:
            taken = base & (columns[name] == 1)
            result[size][name] = float(taken.sum() / base.sum()) if base.any() else None
            base = taken
        result[size]["end_to_end"] = float(columns["harmful"][here].mean())
        numbers = sorted(set(session[here].tolist()))
        rates = []
        for draw in draws[size]:
            rows = np.concatenate([np.flatnonzero(here & (session == numbers[place])) for place in draw])
            rates.append(columns["harmful"][rows].mean())
        drawn[size] = np.array(rates)
        result[size]["low"], result[size]["high"] = np.percentile(drawn[size], [2.5, 97.5])
    difference = np.sort(drawn["empty"]) - np.sort(drawn["filled"])
    low, high = np.percentile(difference, [2.5, 97.5])
    gain = result["empty"]["end_to_end"] - result["filled"]["end_to_end"]
    result["difference"] = {"end_to_end": gain, "low": low, "high": high}
    return result


found_attack = infer_attack(attack_log, session_draws)
