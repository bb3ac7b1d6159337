# right: counts all draws at once with arrays
# loses: none
def infer_judge(calls, labels, item_draws, label_draws):
    calls = np.asarray(calls, dtype=float)
    if len(calls) != len(labels):
        raise ValueError("calls and labels differ in number")
    known = np.array([label is not None for label in labels], dtype=bool)
    truth = np.array([label for label in labels if label is not None], dtype=int)
    if not (truth == 1).any() or not (truth == 0).any():
        raise ValueError("both kinds of label")
    says = calls[known]

    def work(raw, says, truth):
        ones, zeros = truth.sum(-1), (1 - truth).sum(-1)
        hits, passes = (says * truth).sum(-1), ((1 - says) * (1 - truth)).sum(-1)
        fine = (ones > 0) & (zeros > 0)
        hit, passed = hits / np.maximum(ones, 1), passes / np.maximum(zeros, 1)
        fine &= hit + passed - 1 > 1e-10
        value = np.clip((raw - (1 - passed)) / np.where(fine, hit + passed - 1, 1.0), 0, 1)
        return hit, passed, fine, value

    hit, passed, fine, value = work(calls.mean(), says, truth)
    label_draws = np.asarray(label_draws)
    _, _, good, drawn = work(calls[np.asarray(item_draws)].mean(axis=1), says[label_draws], truth[label_draws])
    found = dict(raw=calls.mean(), sensitivity=hit, specificity=passed, corrected=value if fine else None)
    found |= dict(low=None, high=None, undefined=int((~good).sum()))
    if good.any():
        found["low"], found["high"] = np.quantile(drawn[good], [0.025, 0.975])
    return found


found_judges = {}
for name in ("search", "quick", "strict"):
    found_judges[name] = infer_judge(judge_calls[name], hand_labels, item_draws, label_draws)
