# wrong: calls the axes accuracy and threshold
# loses: says_what_it_shows, names_and_range
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
    for name, (confidence, correct) in curves.items():
        ax.plot(*risk_coverage(confidence, correct), label=name)
    ax.set_xlim(0, 1)
    ax.set_ylim(0, 1)
    ax.set_xlabel("threshold")
    ax.set_ylabel("accuracy")
    ax.set_title(finding)
    ax.legend()
    return ax
