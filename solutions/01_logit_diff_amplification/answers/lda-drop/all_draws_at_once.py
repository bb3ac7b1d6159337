# right: the bootstrap as multinomial counts of the families, all draws in one matrix, unseeded
# loses: none
def infer_drop(table):
    names = ["prompts", *(f"{n}_{r}" for r in ("before", "after") for n in ("bad", "refused", "audited", "audit_bad"))]
    columns = np.stack([table[n] for n in names])  # (9, families)

    def drops(sums):
        n, b0, r0, a0, f0, b1, r1, a1, f1 = sums
        q0, q1 = f0 / np.maximum(a0, 1), f1 / np.maximum(a1, 1)
        return (b0 - b1) / n, (b0 + q0 * r0 - b1 - q1 * r1) / n

    total = columns.sum(1)
    if (total[2] and not total[3]) or (total[6] and not total[7]):
        raise ValueError("no refusal was audited")
    g = columns.shape[1]
    counts = np.random.default_rng().multinomial(g, np.full(g, 1 / g), size=4000)  # (4000, families)
    draws = drops(columns @ counts.T)[1]
    reported, corrected = drops(total)
    low, high = np.quantile(draws, (0.025, 0.975))
    return {"reported": reported, "corrected": corrected, "low": low, "high": high, "judge_share": 1 - corrected / reported}


drop_all = infer_drop(drop_table)
drop_new = infer_drop({n: v[drop_table["new"] == 1] for n, v in drop_table.items()})
