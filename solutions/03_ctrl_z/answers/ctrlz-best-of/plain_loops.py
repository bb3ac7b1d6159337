# right: lists and loops, one setting at a time
# loses: none
def infer_best_of(safety, pick, halves, draws):
    if pick not in {"lowest", "highest"}:
        raise ValueError("lowest or highest")
    better = (lambda a, b: a < b) if pick == "lowest" else (lambda a, b: a > b)

    def mean_of(setting, tasks):
        return sum(float(safety[setting][task]) for task in tasks) / len(tasks)

    def chosen_on(tasks):
        best, value = 0, mean_of(0, tasks)
        for setting in range(1, len(safety)):
            if better(mean_of(setting, tasks), value):
                best, value = setting, mean_of(setting, tasks)
        return best, value

    everything = list(range(len(safety[0])))
    setting, published = chosen_on(everything)
    total = 0.0
    for half in halves:
        one = [task for task in everything if half[task]]
        two = [task for task in everything if not half[task]]
        if not one or not two:
            raise ValueError("a half without a task")
        total += mean_of(chosen_on(one)[0], two) + mean_of(chosen_on(two)[0], one)
    gaps = []
    own = [mean_of(s, everything) for s in range(len(safety))]
    for draw in draws:
        sums = safety[:, draw].sum(1) / len(draw)
        best = int(sums.argmin()) if pick == "lowest" else int(sums.argmax())
        gaps.append(sums[best] - own[best])
    optimism = sum(gaps) / len(gaps)
    return {
        "setting": setting, "published": published, "cross": total / (2 * len(halves)), "optimism": optimism,
        "corrected": published - optimism,
    }


red = infer_best_of(red_safety, "lowest", best_halves, best_draws)
blue = infer_best_of(blue_safety, "highest", best_halves, best_draws)
