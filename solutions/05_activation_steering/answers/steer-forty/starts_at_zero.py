# wrong: looks for the largest from zero upwards, and keeps the first setting where all are negative
# loses: one_side_only
def infer_forty(tune, report, null_tune, null_report):
    n = len(null_tune)
    if n == 0 or len(null_report) != n or len(tune) != len(report):
        raise ValueError("the sets do not match")
    if null_tune.shape[1] != len(tune) or null_report.shape[1] != len(tune):
        raise ValueError("the settings do not match")

    def best(effects):
        place, top = 0, 0.0
        for i, effect in enumerate(effects):
            if effect > top:
                place, top = i, effect
        return place

    at, own = best(tune), [best(row) for row in null_tune]
    chosen = np.array([row[i] for row, i in zip(null_tune, own, strict=True)])
    kept = np.array([row[i] for row, i in zip(null_report, own, strict=True)])

    def p(effect, null):
        return (1 + sum(null >= effect)) / (1 + n)

    return {
        "setting": at, "tune": tune[at], "report": report[at], "shrinkage": tune[at] - report[at],
        "null_tune": chosen.mean(), "null_report": kept.mean(), "null_shrinkage": chosen.mean() - kept.mean(),
        "p_neither": p(tune[at], null_tune[:, at]), "p_fresh": p(report[at], null_report[:, at]),
        "p_choose": p(tune[at], chosen), "p_both": p(report[at], kept),
    }


best_of_forty = infer_forty(vector_tune, vector_report, null_tune, null_report)
