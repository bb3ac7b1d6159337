# right: puts the vector on top of the random directions and ranks it among them
# loses: none
def infer_forty(tune, report, null_tune, null_report):
    null_tune, null_report = np.array(null_tune, dtype=float), np.array(null_report, dtype=float)
    if null_tune.size == 0 or null_tune.shape != null_report.shape:
        raise ValueError("no null, or two that differ")
    if not len(tune) == len(report) == null_tune.shape[1]:
        raise ValueError("other settings")
    on_tune, on_report = np.vstack([tune, null_tune]), np.vstack([report, null_report])
    own = on_tune.argmax(axis=1)
    chosen = np.take_along_axis(on_tune, own[:, None], axis=1)[:, 0]
    kept = np.take_along_axis(on_report, own[:, None], axis=1)[:, 0]
    rank = lambda column: float(np.mean(column >= column[0]))
    lost = chosen - kept
    return {
        "setting": int(own[0]), "tune": chosen[0], "report": kept[0], "shrinkage": lost[0],
        "null_tune": chosen[1:].mean(), "null_report": kept[1:].mean(), "null_shrinkage": lost[1:].mean(),
        "p_neither": rank(on_tune[:, own[0]]), "p_fresh": rank(on_report[:, own[0]]),
        "p_choose": rank(chosen), "p_both": rank(kept),
    }


best_of_forty = infer_forty(vector_tune, vector_report, null_tune, null_report)
