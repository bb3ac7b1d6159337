# right: takes cumulative sums and keeps the last step of each tie; the pyplot interface
# loses: none
def risk_coverage(confidence, correct):
    confidence, correct = np.array(confidence, dtype=np.float64), np.array(correct, dtype=np.float64)
    if confidence.size == 0:
        raise ValueError("an empty curve")
    order = confidence.argsort()[::-1]
    confidence, wrong = confidence[order], 1 - correct[order]
    last = np.append(np.diff(confidence) != 0, True)
    n = np.arange(1, len(wrong) + 1)
    return np.stack([n / len(wrong), np.cumsum(wrong) / n])[:, last]


def draw_risk_coverage(curves, finding, ax=None):
    if ax is None:
        plt.figure()
        ax = plt.axes()
    plt.sca(ax)
    for name, pair in curves.items():
        coverage, risk = risk_coverage(*pair)
        plt.plot(coverage, risk, "o-", markersize=3, label=name)
    plt.axhline(0.5, color="0.8", linewidth=0.5)
    plt.axis([0, 1, 0, 1])
    plt.xlabel("share of questions answered (coverage)")
    plt.ylabel("selective risk")
    plt.title(finding)
    plt.legend()
    return ax
