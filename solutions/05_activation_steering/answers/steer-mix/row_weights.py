# right: one weight a row: share over the number of its kind among the drawn rows
# loses: none
def infer_mix(kinds, moods, effects, shares, draws):
    place = {kind: i for i, kind in enumerate(k for k, s in shares.items() if s > 0)}
    share = np.array([shares[kind] for kind in place])
    if any(s < 0 for s in shares.values()) or not np.isclose(share.sum(), 1, rtol=0, atol=1e-6):
        raise ValueError("shares")
    code = np.array([place.get(kind, -1) for kind in kinds])
    word = np.unique(np.array(moods), return_inverse=True)[1]
    effects = np.asarray(effects, dtype=float)
    values = np.stack([effects, (effects < 0).astype(float)])[:, code >= 0]
    code, word = code[code >= 0], word[code >= 0]
    n_words = len(set(moods))

    def weigh(times):
        counts = np.bincount(code, weights=times, minlength=len(place))
        if (counts == 0).any():
            return None
        return values @ (times * (share / counts)[code])

    whole = weigh(np.ones(len(code)))
    if whole is None:
        raise ValueError("a kind was not tested")
    drawn = [weigh(np.bincount(draw, minlength=n_words)[word].astype(float)) for draw in draws]
    good = np.array([found for found in drawn if found is not None])
    if len(good) == 0:
        raise ValueError("no draw has all kinds")
    out = {"left_out": len(draws) - len(good)}
    out["worth"] = float(1 / (share**2 / np.bincount(code, minlength=len(place))).sum())
    for i, name in enumerate(("mean", "wrong")):
        out[name] = float(whole[i])
        out[name + "_low"], out[name + "_high"] = (float(np.quantile(good[:, i], q)) for q in (0.025, 0.975))
    return out


at_desk = infer_mix(kinds, moods, effects, desk, word_draws)
