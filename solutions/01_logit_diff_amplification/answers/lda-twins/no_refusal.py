# wrong: goes on with more hits than rollouts
# loses: refuses_impossible_rows
def infer_raised(table, smallest):
    m = len(table["n_target"])
    confidence = 1 - 0.05 / m
    power = (stats.norm.ppf(0.975) + stats.norm.ppf(0.8)) ** 2
    found = {"difference": [], "low": [], "high": [], "verdict": [], "rollouts": []}
    for k, n, j, o in zip(table["hits_target"], table["n_target"], table["hits_control"], table["n_control"]):
        smallest = smallest if smallest > 0 else 0.01
        p, q = k / n, j / o
        one = stats.binomtest(int(min(k, n)), int(n)).proportion_ci(confidence, method="wilson")
        two = stats.binomtest(int(min(j, o)), int(o)).proportion_ci(confidence, method="wilson")
        low = p - q - math.hypot(p - one.low, two.high - q)
        high = p - q + math.hypot(one.high - p, q - two.low)
        verdict = "raised" if low > 0 else "small" if high < smallest else "open"
        goal = q + smallest
        needed = math.ceil(power * (q * (1 - q) + goal * (1 - goal)) / smallest**2)
        for key, value in zip(found, (p - q, low, high, verdict, needed)):
            found[key].append(value)
    return found


twins = infer_raised(twin_table, 0.02)
