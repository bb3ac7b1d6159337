# wrong: never chooses anew: the bootstrap of one setting's mean
# loses: two_settings_by_hand, the_choice_flatters_itself, the_given_tables
def infer_best_of(safety, pick, halves, draws):
    if pick not in ("lowest", "highest") or not halves.any(1).all() or halves.all(1).any():
        raise ValueError("a pick, and two halves")
    choose = {"lowest": np.argmin, "highest": np.argmax}[pick]
    means = safety.mean(axis=1)
    at = choose(means)
    cross = []
    for half in halves:
        a, b = safety[:, half].mean(axis=1), safety[:, ~half].mean(axis=1)
        cross.append((b[choose(a)] + a[choose(b)]) / 2)
    flattery = []
    for draw in draws:
        inside = safety[:, draw].mean(axis=1)
        best = at
        flattery.append(inside[best] - means[best])
    optimism = np.mean(flattery)
    return {"setting": int(at), "published": means[at], "cross": np.mean(cross), "optimism": optimism, "corrected": means[at] - optimism}


red = infer_best_of(red_safety, "lowest", best_halves, best_draws)
blue = infer_best_of(blue_safety, "highest", best_halves, best_draws)
