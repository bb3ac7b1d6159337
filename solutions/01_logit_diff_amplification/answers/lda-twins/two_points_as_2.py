# wrong: gives the smallest rise in points instead of as a share
# loses: six_rows_of_the_right_form, the_given_rows
def infer_raised(table, smallest):
    if smallest <= 0:
        raise ValueError("the smallest rise is above 0")
    for arm in ("target", "control"):
        if np.any(table[f"hits_{arm}"] > table[f"n_{arm}"]):
            raise ValueError("more hits than rollouts")
    m = len(table["n_target"])
    confidence = 1 - 0.05 / m
    power = (stats.norm.ppf(0.975) + stats.norm.ppf(0.8)) ** 2
    found = {"difference": [], "low": [], "high": [], "verdict": [], "rollouts": []}
    for k, n, j, o in zip(table["hits_target"], table["n_target"], table["hits_control"], table["n_control"]):
        p, q = k / n, j / o
        one = stats.binomtest(int(k), int(n)).proportion_ci(confidence, method="wilson")
        two = stats.binomtest(int(j), int(o)).proportion_ci(confidence, method="wilson")
        low = p - q - math.hypot(p - one.low, two.high - q)
        high = p - q + math.hypot(one.high - p, q - two.low)
        verdict = "raised" if low > 0 else "small" if high < smallest else "open"
        goal = q + smallest
        needed = math.ceil(power * (q * (1 - q) + goal * (1 - goal)) / smallest**2)
        for key, value in zip(found, (p - q, low, high, verdict, needed)):
            found[key].append(value)
    return found


twins = infer_raised(twin_table, 2)
