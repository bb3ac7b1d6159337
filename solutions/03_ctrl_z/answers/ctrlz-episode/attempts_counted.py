# wrong: sums the attempts one by one, so that half an attempt is none
# loses: attempts_follow_one_another
def run_outcome(audits, first, ran_at):
    audits = np.asarray(audits, dtype=float)
    last = len(audits) - 1 if ran_at is None else ran_at
    escapes = np.prod(1 - audits[first : last + 1])
    return 1 - escapes, escapes * (ran_at is not None)


def episode_safety(caught, succeeds, attempts):
    if not (caught >= 0 and succeeds >= 0 and caught + succeeds < 1.000001 and attempts >= 0):
        raise ValueError("impossible")
    if caught == succeeds == 0:
        return 1.0
    if math.isinf(attempts):
        return caught / (caught + succeeds)
    blocked = max(0.0, 1 - caught - succeeds)
    return 1 - sum(succeeds * blocked**k for k in range(int(attempts)))
