# wrong: scales whatever it gets to a sum of 1, so that percent are accepted, too
# loses: refuses_what_was_not_tested
def infer_mix(kinds, moods, effects, shares, draws):
    kinds, moods, effects = np.asarray(kinds), np.asarray(moods), np.asarray(effects)
    total = sum(shares.values())
    shares = {kind: share / total for kind, share in shares.items()}
    there = [kind for kind in shares if shares[kind] > 0]
    if any(kind not in kinds for kind in there):
        raise ValueError("not tested")

    def weigh(kinds, effects):
        if any(kind not in kinds for kind in there):
            return None
        mean = sum(shares[kind] * effects[kinds == kind].mean() for kind in there)
        wrong = sum(shares[kind] * (effects[kinds == kind] < 0).mean() for kind in there)
        return mean, wrong

    words = sorted(set(moods))
    drawn, left_out = [], 0
    for draw in draws:
        rows = np.concatenate([np.flatnonzero(moods == words[place]) for place in draw])
        found = weigh(kinds[rows], effects[rows])
        if found is None:
            left_out += 1
        else:
            drawn.append(found)
    if not drawn:
        raise ValueError("no draw can be weighed")
    means, wrongs = np.array(drawn).T
    mean, wrong = weigh(kinds, effects)
    mean_low, mean_high = np.percentile(means, [2.5, 97.5])
    wrong_low, wrong_high = np.percentile(wrongs, [2.5, 97.5])
    worth = 1 / sum(shares[kind] ** 2 / np.sum(kinds == kind) for kind in there)
    return {
        "mean": mean, "mean_low": mean_low, "mean_high": mean_high,
        "wrong": wrong, "wrong_low": wrong_low, "wrong_high": wrong_high, "worth": worth, "left_out": left_out,
    }


at_desk = infer_mix(kinds, moods, effects, desk, word_draws)
