# wrong: the interval of two independent shares of all prompts, as if no family existed
# loses: interval_comes_from_families
def infer_drop(table):
    for run in ("before", "after"):
        if table[f"refused_{run}"].sum() > 0 and table[f"audited_{run}"].sum() == 0:
            raise ValueError("nothing was audited")
    def rates(rows, run):
        bad, refused, audited, found = (table[f"{n}_{run}"][rows].sum() for n in ("bad", "refused", "audited", "audit_bad"))
        return np.array([bad, bad + refused * found / max(audited, 1)]) / table["prompts"][rows].sum()

    families = len(table["prompts"])
    everything = np.arange(families)
    reported, corrected = rates(everything, "before") - rates(everything, "after")
    total = table["prompts"].sum()
    before, after = rates(everything, "before")[1], rates(everything, "after")[1]
    se = math.sqrt(before * (1 - before) / total + after * (1 - after) / total)
    low, high = corrected - 1.96 * se, corrected + 1.96 * se
    share = 1 - corrected / reported
    return {"reported": reported, "corrected": corrected, "low": low, "high": high, "judge_share": share}


drop_all = infer_drop(drop_table)
drop_new = infer_drop({name: column[drop_table["new"] == 1] for name, column in drop_table.items()})
