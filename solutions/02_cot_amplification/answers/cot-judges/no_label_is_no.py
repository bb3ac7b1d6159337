# wrong: reads a missing label as 0
# loses: three_results_of_the_right_form, ten_items_by_hand, two_draws_by_hand, errors_against_the_labels, the_corrected_rate, cut_off_at_both_ends, a_judge_who_knows_nothing, both_samples_are_redrawn, places_among_the_labelled, draws_that_give_nothing, refuses_what_has_no_errors, the_given_judges
def infer_judge(calls, labels, item_draws, label_draws):
    labels = [0 if label is None else label for label in labels]
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
        return min(1.0, max(0.0, (raw + pair[1] - 1) / (pair[0] + pair[1] - 1)))

    raw, pair = calls.mean(), errors(own, truth)
    result = {"raw": raw, "sensitivity": pair[0], "specificity": pair[1], "corrected": correct(raw, pair)}
    drawn = [
        correct(calls[i].mean(), errors(own[j % len(own)], truth[j % len(own)]))
        for i, j in zip(np.array(item_draws), np.array(label_draws))
    ]
    good = [value for value in drawn if value is not None]
    result["undefined"] = len(drawn) - len(good)
    result["low"], result["high"] = np.percentile(good, [2.5, 97.5]) if good else (None, None)
    return result


found_judges = {judge: infer_judge(judge_calls[judge], hand_labels, item_draws, label_draws) for judge in JUDGES}
