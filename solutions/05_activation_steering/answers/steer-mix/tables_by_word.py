# right: sums and counts by word and kind first, then only additions
# loses: none
def infer_mix(kinds, moods, effects, shares, draws):
    used = sorted(kind for kind in shares if shares[kind] > 0)
    if min(shares.values()) < 0 or abs(sum(shares.values()) - 1) > 1e-6 or not set(used) <= set(kinds):
        raise ValueError("bad shares, or an untested kind")
    words = sorted(set(moods))
    table = np.zeros((len(words), len(used), 3))  # count, sum of effects, number below zero
    for kind, mood, effect in zip(kinds, moods, effects):
        if kind in used:
            table[words.index(mood), used.index(kind)] += [1, effect, effect < 0]
    share = np.array([shares[kind] for kind in used])
    picked = np.array([table[draw].sum(axis=0) for draw in draws])
    good = picked[(picked[:, :, 0] > 0).all(axis=1)]
    if not len(good):
        raise ValueError("no draw with all kinds")
    drawn = (good[:, :, 1:] / good[:, :, :1] * share[:, None]).sum(axis=1)
    whole = table.sum(axis=0)
    mean, wrong = (whole[:, 1:] / whole[:, :1] * share[:, None]).sum(axis=0)
    low, high = np.percentile(drawn, [2.5, 97.5], axis=0)
    return dict(
        mean=mean, mean_low=low[0], mean_high=high[0], wrong=wrong, wrong_low=low[1], wrong_high=high[1],
        worth=1 / (share**2 / whole[:, 0]).sum(), left_out=len(draws) - len(good),
    )


at_desk = infer_mix(kinds, moods, effects, desk, word_draws)
