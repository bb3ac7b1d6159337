# right: counts of four fields, no arrays
# loses: none
def infer_judge(calls, labels, item_draws, label_draws):
    if len(calls) != len(labels):
        raise ValueError("other numbers")
    read = [(call, label) for call, label in zip(calls, labels) if label is not None]

    def one(raw, pairs):
        n = {field: sum(pair == field for pair in pairs) for field in ((1, 1), (0, 1), (1, 0), (0, 0))}
        ones, zeros = n[1, 1] + n[0, 1], n[1, 0] + n[0, 0]
        if ones == 0 or zeros == 0:
            return None, None, None
        above = n[1, 1] * zeros + n[0, 0] * ones - ones * zeros  # whole numbers, so that equal is equal
        rate = None
        if above > 0:
            rate = (raw - n[1, 0] / zeros) / (above / ones / zeros)
            rate = 0.0 if rate < 0 else 1.0 if rate > 1 else rate
        return n[1, 1] / ones, n[0, 0] / zeros, rate

    raw = sum(calls) / len(calls)
    hit, passed, rate = one(raw, read)
    if hit is None:
        raise ValueError("labels of one kind")
    again = []
    for row in range(len(item_draws)):
        drawn = [calls[int(i)] for i in item_draws[row]]
        again.append(one(sum(drawn) / len(drawn), [read[int(j)] for j in label_draws[row]])[2])
    there = [x for x in again if x is not None]
    low = float(np.percentile(there, 2.5)) if there else None
    high = float(np.percentile(there, 97.5)) if there else None
    keys = ("raw", "sensitivity", "specificity", "corrected", "low", "high", "undefined")
    return dict(zip(keys, (raw, hit, passed, rate, low, high, again.count(None))))


found_judges = {name: infer_judge(said, hand_labels, item_draws, label_draws) for name, said in judge_calls.items()}
