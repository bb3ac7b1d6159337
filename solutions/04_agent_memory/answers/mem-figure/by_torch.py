# right: compares every confidence with every threshold at once, in torch
# loses: none
def risk_coverage(confidence, correct):
    confidence = torch.as_tensor(np.asarray(confidence, dtype=float))
    wrong = 1.0 - torch.as_tensor(np.asarray(correct, dtype=float))
    if confidence.numel() == 0:
        raise ValueError("nothing to draw")
    answered = (confidence[None] >= confidence.unique().flip(0)[:, None]).double()
    return answered.mean(dim=1), (answered @ wrong) / answered.sum(dim=1)


def draw_risk_coverage(curves, finding, ax=None):
    if ax is None:
        ax = plt.subplots()[1]
    for name, (confidence, correct) in curves.items():
        coverage, risk = risk_coverage(confidence, correct)
        ax.plot(coverage.tolist(), risk.tolist(), label=name)
    ax.set_xlabel("coverage")
    ax.set_ylabel("risk")
    ax.axis((0, 1, 0, 1))
    ax.set_title(finding)
    ax.legend()
    return ax
