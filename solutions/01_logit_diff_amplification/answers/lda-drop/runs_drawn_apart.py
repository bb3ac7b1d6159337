# wrong: bootstraps families, but each run draws its own
# loses: both_runs_stay_together
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
    source = np.random.default_rng(1)
    draws = []
    for _ in range(1000):
        rows, others = source.integers(families, size=(2, families))
        draws.append((rates(rows, "before") - rates(others, "after"))[1])
    low, high = np.percentile(draws, [2.5, 97.5])
    share = 1 - corrected / reported
    return {"reported": reported, "corrected": corrected, "low": low, "high": high, "judge_share": share}


drop_all = infer_drop(drop_table)
drop_new = infer_drop({name: column[drop_table["new"] == 1] for name, column in drop_table.items()})
