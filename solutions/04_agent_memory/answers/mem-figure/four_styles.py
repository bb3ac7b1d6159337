# wrong: has four styles of line, and drops the curves beyond the fourth
# loses: draws_every_curve
def risk_coverage(confidence, correct):
    confidence, correct = np.asarray(confidence, dtype=float), np.asarray(correct, dtype=bool)
    if len(confidence) == 0:
        raise ValueError("no questions, no curve")
    thresholds = np.unique(confidence)[::-1]
    answered = [confidence >= threshold for threshold in thresholds]
    return np.array([a.mean() for a in answered]), np.array([1 - correct[a].mean() for a in answered])


def draw_risk_coverage(curves, finding, ax=None):
    if ax is None:
        _, ax = plt.subplots(figsize=(6, 4))
    for (name, (confidence, correct)), style in zip(curves.items(), ("-", "--", ":", "-.")):
        ax.plot(*risk_coverage(confidence, correct), style, label=name)
    ax.set_xlim(0, 1)
    ax.set_ylim(0, 1)
    ax.set_xlabel("coverage (share of questions answered)")
    ax.set_ylabel("risk (share of answers that are wrong)")
    ax.set_title(finding)
    ax.legend()
    return ax
