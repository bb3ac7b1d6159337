# wrong: counts effects that are as far from zero on either side, as in the work test
# loses: one_side_only
def infer_forty(tune, report, null_tune, null_report):
    tune, report, null_tune, null_report = map(np.asarray, (tune, report, null_tune, null_report))
    n = len(null_tune)
    if n == 0 or null_tune.shape != null_report.shape or null_tune.shape[1:] != tune.shape or tune.shape != report.shape:
        raise ValueError("the sets do not match")
    at = int(np.argmax(tune))
    own = np.argmax(null_tune, axis=1)
    chosen, kept = null_tune[np.arange(n), own], null_report[np.arange(n), own]

    def p(effect, null):
        return (1 + np.sum(np.abs(null) >= abs(effect))) / (1 + n)

    return {
        "setting": at, "tune": tune[at], "report": report[at], "shrinkage": tune[at] - report[at],
        "null_tune": np.mean(chosen), "null_report": np.mean(kept), "null_shrinkage": np.mean(chosen - kept),
        "p_neither": p(tune[at], null_tune[:, at]), "p_fresh": p(report[at], null_report[:, at]),
        "p_choose": p(tune[at], chosen), "p_both": p(report[at], kept),
    }


best_of_forty = infer_forty(vector_tune, vector_report, null_tune, null_report)
