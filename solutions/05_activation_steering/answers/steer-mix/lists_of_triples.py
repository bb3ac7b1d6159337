# right: plain Python: lists of triples, sums over words
# loses: none
def infer_mix(kinds, moods, effects, shares, draws):
    if min(shares.values()) < 0 or not -1e-6 <= sum(shares.values()) - 1 <= 1e-6:
        raise ValueError("shares are parts of a whole")
    rows = [(str(k), str(m), float(e)) for k, m, e in zip(kinds, moods, effects)]
    needed = {kind for kind, share in shares.items() if share > 0}
    if needed - {k for k, _, _ in rows}:
        raise ValueError("untested")
    words = sorted({m for _, m, _ in rows})
    of_word = {word: [row for row in rows if row[1] == word] for word in words}

    def weigh(sample):
        sums = {kind: [0, 0.0, 0] for kind in needed}
        for kind, _, effect in sample:
            if kind in sums:
                sums[kind][0] += 1
                sums[kind][1] += effect
                sums[kind][2] += effect < 0
        if any(count == 0 for count, _, _ in sums.values()):
            return None
        mean = sum(shares[kind] * total / count for kind, (count, total, _) in sums.items())
        return mean, sum(shares[kind] * below / count for kind, (count, _, below) in sums.items())

    found = []
    for draw in draws:
        sample = []
        for number in draw:
            sample += of_word[words[number]]
        found.append(weigh(sample))
    usable = [pair for pair in found if pair]
    if not usable:
        raise ValueError("not one draw")
    mean, wrong = weigh(rows)
    variance = sum(shares[kind] ** 2 / sum(k == kind for k, _, _ in rows) for kind in needed)
    result = {"mean": mean, "wrong": wrong, "worth": 1 / variance, "left_out": found.count(None)}
    for name, column in zip(("mean", "wrong"), zip(*usable)):
        result[name + "_low"], result[name + "_high"] = np.percentile(column, [2.5, 97.5]).tolist()
    return result


at_desk = infer_mix(kinds, moods, effects, desk, word_draws)
