# right: counts answered and wrong group by group, without numpy; draws steps on new axes of a figure
# loses: none
def risk_coverage(confidence, correct):
    if not len(confidence):
        raise ValueError("no questions")
    groups = {}
    for value, right in zip(confidence, correct):
        n, wrong = groups.get(float(value), (0, 0))
        groups[float(value)] = n + 1, wrong + (not right)
    coverage, risk, answered, missed = [], [], 0, 0
    for value in sorted(groups, reverse=True):
        answered, missed = answered + groups[value][0], missed + groups[value][1]
        coverage.append(answered / len(confidence))
        risk.append(missed / answered)
    return coverage, risk


def draw_risk_coverage(curves, finding, ax=None):
    ax = plt.figure().add_subplot() if ax is None else ax
    for number, name in enumerate(curves):
        coverage, risk = risk_coverage(*curves[name])
        ax.step(coverage, risk, where="post", color=f"C{number}", label=name)
    ax.set(xlim=(0, 1.02), ylim=(-0.02, 1.02), title=finding, xlabel="Coverage", ylabel="Risk: wrong / answered")
    ax.legend(loc="upper left", fontsize=7)
    return ax
