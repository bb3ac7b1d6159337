# right: lists and loops, no array tricks
# loses: none
def infer_forty(tune, report, null_tune, null_report):
    tune, report = [float(x) for x in tune], [float(x) for x in report]
    null_tune = [[float(x) for x in row] for row in null_tune]
    null_report = [[float(x) for x in row] for row in null_report]
    widths = {len(row) for row in [tune, report, *null_tune, *null_report]}
    if not null_tune or len(null_tune) != len(null_report) or len(widths) != 1:
        raise ValueError("sets that do not match")
    at = tune.index(max(tune))
    own = [row.index(max(row)) for row in null_tune]
    chosen = [max(row) for row in null_tune]
    kept = [row[i] for row, i in zip(null_report, own)]

    def p(effect, null):
        return (1 + len([x for x in null if x >= effect])) / (1 + len(null))

    found = {"setting": at, "tune": tune[at], "report": report[at]}
    found["null_tune"], found["null_report"] = sum(chosen) / len(chosen), sum(kept) / len(kept)
    for name in ("", "null_"):
        found[name + "shrinkage"] = found[name + "tune"] - found[name + "report"]
    found["p_neither"] = p(tune[at], [row[at] for row in null_tune])
    found["p_fresh"] = p(report[at], [row[at] for row in null_report])
    found["p_choose"] = p(tune[at], chosen)
    found["p_both"] = p(report[at], kept)
    return found


best_of_forty = infer_forty(vector_tune, vector_report, null_tune, null_report)
