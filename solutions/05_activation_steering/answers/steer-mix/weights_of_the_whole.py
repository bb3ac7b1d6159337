# wrong: weighs by share over the counts of the whole test in each draw, and does not weigh anew
# loses: words_are_drawn, the_given_desk
def infer_mix(kinds, moods, effects, shares, draws):
    kinds, moods, effects = np.asarray(kinds), np.asarray(moods), np.asarray(effects)
    if any(share < 0 for share in shares.values()) or abs(sum(shares.values()) - 1) > 1e-6:
        raise ValueError("these are no shares")
    there = [kind for kind in shares if shares[kind] > 0]
    if any(kind not in kinds for kind in there):
        raise ValueError("not tested")

    counts = {kind: np.sum(kinds == kind) / len(kinds) for kind in there}

    def weigh(kinds, effects):
        if any(kind not in kinds for kind in there):
            return None
        mean = sum(shares[kind] * effects[kinds == kind].sum() / counts[kind] / len(kinds) for kind in there)
        wrong = sum(shares[kind] * np.sum(effects[kinds == kind] < 0) / counts[kind] / len(kinds) for kind in there)
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
