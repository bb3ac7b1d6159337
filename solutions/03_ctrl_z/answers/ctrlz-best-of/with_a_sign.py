# right: turns the table over for the highest, and takes all splits and draws in matrices
# loses: none
def infer_best_of(safety, pick, halves, draws):
    if pick != "lowest" and pick != "highest":
        raise ValueError(pick)
    halves = np.asarray(halves, dtype=bool)
    sizes = halves.sum(1)
    if (sizes == 0).any() or (sizes == halves.shape[1]).any():
        raise ValueError("an empty half")
    sign = -1.0 if pick == "highest" else 1.0
    x = sign * np.asarray(safety)
    tasks = x.shape[1]
    whole = x.sum(1) / tasks
    first = (x @ halves.T) / sizes  # (settings, splits)
    second = (x @ (~halves).T) / (tasks - sizes)
    cols = np.arange(len(halves))
    cross = (second[first.argmin(0), cols].mean() + first[second.argmin(0), cols].mean()) / 2
    counts = np.stack([np.bincount(draw, minlength=tasks) for draw in draws])
    drawn = x @ counts.T / draws.shape[1]
    winners = drawn.argmin(0)
    optimism = (drawn.min(0) - whole[winners]).mean()
    at = int(whole.argmin())
    return {
        "setting": at, "published": sign * whole[at], "cross": sign * cross, "optimism": sign * optimism,
        "corrected": sign * (whole[at] - optimism),
    }


red = infer_best_of(red_safety, "lowest", best_halves, best_draws)
blue = infer_best_of(blue_safety, "highest", best_halves, best_draws)
