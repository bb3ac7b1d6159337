# right: Wilson's formula on whole columns, results as arrays
# loses: none
def infer_raised(table, smallest):
    k, n, j, o = (np.asarray(table[c], dtype=float) for c in ("hits_target", "n_target", "hits_control", "n_control"))
    if not smallest > 0 or (k > n).any() or (j > o).any() or min(k.min(), j.min()) < 0 or min(n.min(), o.min()) < 1:
        raise ValueError("impossible")
    z = stats.norm.isf(0.025 / len(n))

    def wilson_ends(k, n):
        centre, half = (k + z**2 / 2) / (n + z**2), z / (n + z**2) * np.sqrt(k * (n - k) / n + z**2 / 4)
        return centre - half, centre + half

    p, q = k / n, j / o
    (a, b), (c, d) = wilson_ends(k, n), wilson_ends(j, o)
    low, high = p - q - np.sqrt((p - a) ** 2 + (d - q) ** 2), p - q + np.sqrt((b - p) ** 2 + (q - c) ** 2)
    words = np.where(low > 0, "raised", np.where(high < smallest, "small", "open"))
    variance = q * (1 - q) + (q + smallest) * (1 - q - smallest)
    rollouts = np.ceil((1.959964 + 0.841621) ** 2 * variance / smallest**2)
    return {"difference": p - q, "low": low, "high": high, "verdict": words.tolist(), "rollouts": rollouts}


twins = infer_raised(twin_table, 0.02)
