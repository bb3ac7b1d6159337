# right: steps in a loop, the race as a limit and a remainder
# loses: none
def run_outcome(audits, first, ran_at):
    caught, escapes = 0.0, 1.0
    for step, audit in enumerate(audits):
        if step < first or (ran_at is not None and step > ran_at):
            continue
        caught += escapes * audit
        escapes *= 1 - audit
    return caught, escapes if ran_at is not None else 0.0


def episode_safety(caught, succeeds, attempts):
    total = caught + succeeds
    if caught < 0 or succeeds < 0 or total > 1 + 1e-6 or attempts < 0:
        raise ValueError("impossible")
    if total == 0:
        return 1.0
    undecided = max(0.0, 1 - total) ** attempts
    return caught / total * (1 - undecided) + undecided
