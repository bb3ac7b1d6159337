# right: takes the Wilson intervals from scipy
# loses: none
def rate_difference(events, rollouts, control_events, control_rollouts, confidence=0.95):
    ends, rates = [], []
    for k, n in ((events, rollouts), (control_events, control_rollouts)):
        if n <= 0 or k < 0 or k > n:
            raise ValueError("impossible counts")
        interval = stats.binomtest(k, n).proportion_ci(confidence, method="wilson")
        ends.append((interval.low, interval.high))
        rates.append(k / n)
    (l1, u1), (l2, u2) = ends
    d = rates[0] - rates[1]
    return [d, d - ((rates[0] - l1) ** 2 + (u2 - rates[1]) ** 2) ** 0.5, d + ((u1 - rates[0]) ** 2 + (rates[1] - l2) ** 2) ** 0.5]
