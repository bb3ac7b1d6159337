# wrong: computes on, whatever the counts
# loses: refuses_impossible_pairs
def rate_difference(events, rollouts, control_events, control_rollouts, confidence=0.95):
    z = stats.norm.ppf(0.5 + confidence / 2)

    def ends(k, n):
        n = max(n, 1)
        k = min(max(k, 0), n)
        centre, half = (k + z * z / 2) / (n + z * z), z / (n + z * z) * math.sqrt(k * (n - k) / n + z * z / 4)
        return k / n, centre - half, centre + half

    p1, l1, u1 = ends(events, rollouts)
    p2, l2, u2 = ends(control_events, control_rollouts)
    return p1 - p2, p1 - p2 - math.hypot(p1 - l1, u2 - p2), p1 - p2 + math.hypot(u1 - p1, p2 - l2)
