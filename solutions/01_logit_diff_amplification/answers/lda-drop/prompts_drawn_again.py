# wrong: bootstraps single prompts: labels of both runs drawn as multinomials of the pooled counts
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
    source = np.random.default_rng(1)
    total = int(table["prompts"].sum())
    draws = np.zeros(1000)
    for run, sign in (("before", 1), ("after", -1)):
        bad, refused, audited, found = (table[f"{n}_{run}"].sum() for n in ("bad", "refused", "audited", "audit_bad"))
        labels = source.multinomial(total, [bad / total, refused / total, 1 - (bad + refused) / total], size=1000)
        q = source.binomial(int(audited), found / max(audited, 1), size=1000) / max(audited, 1)
        draws += sign * (labels[:, 0] + q * labels[:, 1]) / total
    low, high = np.percentile(draws, [2.5, 97.5])
    share = 1 - corrected / reported
    return {"reported": reported, "corrected": corrected, "low": low, "high": high, "judge_share": share}


drop_all = infer_drop(drop_table)
drop_new = infer_drop({name: column[drop_table["new"] == 1] for name, column in drop_table.items()})
