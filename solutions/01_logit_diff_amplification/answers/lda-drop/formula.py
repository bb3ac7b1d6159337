# right: clustered standard error by linearisation, with a t quantile, no bootstrap
# loses: none
def infer_drop(table):
    n = np.asarray(table["prompts"], dtype=float)
    clusters = len(n)
    reported = corrected = 0.0
    influence = np.zeros(clusters)
    for run, sign in [("before", 1.0), ("after", -1.0)]:
        bad, refused = table["bad_" + run], table["refused_" + run]
        seen, found = table["audited_" + run], table["audit_bad_" + run]
        if refused.sum() and not seen.sum():
            raise ValueError("refusals without an audit")
        q = found.sum() / seen.sum() if seen.sum() else 0.0
        reported += sign * bad.sum() / n.sum()
        rate = (bad + q * refused).sum() / n.sum()
        corrected += sign * rate
        influence += sign * (bad + q * refused - rate * n) / n.sum()
        if seen.sum():
            influence += sign * refused.sum() / n.sum() * (found - q * seen) / seen.sum()
    se = (clusters / (clusters - 1) * (influence**2).sum()) ** 0.5
    half = stats.t.ppf(0.975, clusters - 1) * se
    return dict(
        reported=reported, corrected=corrected, low=corrected - half, high=corrected + half, judge_share=1 - corrected / reported
    )


drop_all = infer_drop(drop_table)
fresh = drop_table["new"].astype(bool)
drop_new = infer_drop({key: drop_table[key][fresh] for key in drop_table})
