# wrong: clips the rate itself and not those of the draws
# loses: cut_off_at_both_ends
def infer_judge(calls, labels, item_draws, label_draws):
    if len(calls) != len(labels):
        raise ValueError("one label an item")
    calls = np.array(calls)
    places = [i for i in range(len(labels)) if labels[i] is not None]
    own, truth = calls[places], np.array([labels[i] for i in places])
    if len(places) == 0 or truth.min() == truth.max():
        raise ValueError("labels of both kinds are needed")

    def errors(own, truth):
        if truth.min() == truth.max():
            return None
        return own[truth == 1].mean(), 1 - own[truth == 0].mean()

    def correct(raw, pair):
        if pair is None or pair[0] + pair[1] <= 1 + 1e-12:
            return None
        return (raw + pair[1] - 1) / (pair[0] + pair[1] - 1)

    raw, pair = calls.mean(), errors(own, truth)
    result = {"raw": raw, "sensitivity": pair[0], "specificity": pair[1], "corrected": correct(raw, pair)}
    if result["corrected"] is not None:
        result["corrected"] = min(1.0, max(0.0, result["corrected"]))
    drawn = [
        correct(calls[i].mean(), errors(own[j], truth[j])) for i, j in zip(np.array(item_draws), np.array(label_draws))
    ]
    good = [value for value in drawn if value is not None]
    result["undefined"] = len(drawn) - len(good)
    result["low"], result["high"] = np.percentile(good, [2.5, 97.5]) if good else (None, None)
    return result


found_judges = {judge: infer_judge(judge_calls[judge], hand_labels, item_draws, label_draws) for judge in JUDGES}
