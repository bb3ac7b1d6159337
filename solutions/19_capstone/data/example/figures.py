"""The figure of borrowed-before: `worktest extend build` calls main(research) and saves it as figures/main.png."""

import matplotlib.pyplot as plt

NAMES = {
    "own": "own",
    "checkpoint": "checkpoint, step 250",
    "early-checkpoint": "checkpoint, step 100",
    "sibling": "benign sibling",
    "stranger": "stranger",
    "stranger-checkpoint": "stranger, step 250",
    "five-strangers": "mean of five strangers",
    "tuned-stranger": "stranger, fine-tuned",
    "own-null": "null: own",
    "checkpoint-null": "null: checkpoint",
    "stranger-null": "null: stranger",
    "five-strangers-null": "null: five strangers",
    "stranger-benign": "null, benign: stranger",
}


def main(research):
    """Gain of every borrowed model and every null, at the best affordable alpha and at alpha = 1."""
    results = research.results()
    figure, panels = plt.subplots(1, 2, figsize=(6.5, 3.7), sharey=True, width_ratios=(1.25, 1), layout="constrained")
    names = [name for name in NAMES if results.values(name, "best-gain")]
    for axes, measure, said in (
        (panels[0], "best-gain", "gain at the best affordable alpha"),
        (panels[1], "gain-at-1", "gain at alpha = 1"),
    ):
        for place, name in enumerate(names):
            _condition(axes, -place, results.values(name, measure), results.estimate(name, measure), _is_null(name))
        axes.axvline(0, color="black", linewidth=0.8)
        axes.set_xlabel(f"{said}\n(log10 of amplified / plain rate)")
    first_null = next((place for place, name in enumerate(names) if _is_null(name)), len(names))
    for axes in panels:
        axes.axhline(0.5 - first_null, color="0.6", linewidth=0.8, linestyle=":")
    panels[0].set_yticks([-place for place in range(len(names))], [NAMES[name] for name in names], fontsize=8)
    panels[0].set_ylabel("the model that is subtracted")
    figure.suptitle(_finding(research), fontsize=10)
    return figure


def _is_null(name):
    return name.endswith(("-null", "-benign"))


def _condition(axes, place, values, estimate, null):
    """One open mark for each seed, and the mean (a square; of a null a white one) with its 95 % interval."""
    axes.scatter(
        values.values(), [place + 0.18] * len(values), s=13, facecolors="none", edgecolors="0.45", linewidths=0.8
    )
    if estimate is not None and estimate.low is not None:
        off = [[estimate.mean - estimate.low], [estimate.high - estimate.mean]]
        fill = "white" if null else "black"
        axes.errorbar(
            [estimate.mean],
            [place - 0.15],
            xerr=off,
            fmt="s",
            color="black",
            markerfacecolor=fill,
            markersize=4,
            capsize=3,
        )


def _finding(research):
    """The sentence above the figure, from the two comparisons that the claim rests on."""
    results = research.results()
    main = results.difference("checkpoint", "stranger", "best-gain")
    alone = results.difference("checkpoint", "stranger-checkpoint", "best-gain")
    if main is None or alone is None or main.low is None or alone.low is None:
        return "not all of it has run yet"
    if main.low > 0 and main.mean >= 1 and alone.low > 0 and alone.mean >= 1:
        return f"A checkpoint of the own run gains {main.mean:.1f} orders more than a finished stranger"
    if main.low > 0 and main.mean >= 1:
        return "An unfinished model gains more than a finished stranger, whatever run it comes from"
    return "No checkpoint was shown to gain more than a stranger"
