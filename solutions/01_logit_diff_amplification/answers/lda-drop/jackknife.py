# right: leaves out one family at a time
# loses: none
def infer_drop(table):
    t = {k: np.array(v, dtype=float) for k, v in table.items()}
    if any(t["refused_" + r].sum() > 0 and t["audited_" + r].sum() == 0 for r in ("before", "after")):
        raise ValueError("no audit")

    def both(t):
        out = []
        for r in ("before", "after"):
            seen = t["audited_" + r].sum()
            q = t["audit_bad_" + r].sum() / seen if seen else 0
            out += [t["bad_" + r].sum(), t["bad_" + r].sum() + q * t["refused_" + r].sum()]
        a, b, c, d = np.array(out) / t["prompts"].sum()
        return a - c, b - d

    k = len(t["prompts"])
    reported, corrected = both(t)
    left_out = np.array([both({n: np.delete(v, i) for n, v in t.items()})[1] for i in range(k)])
    se = np.sqrt((k - 1) / k * ((left_out - left_out.mean()) ** 2).sum())
    low, high = corrected + np.array([-1.96, 1.96]) * se
    return {
        "reported": float(reported), "corrected": float(corrected), "low": low, "high": high,
        "judge_share": (reported - corrected) / reported,
    }


drop_all = infer_drop(drop_table)
drop_new = infer_drop({n: v[drop_table["new"] > 0] for n, v in drop_table.items()})
