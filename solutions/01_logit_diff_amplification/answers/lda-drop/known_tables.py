# hard-coded: knows the table by hand, and the results for the given data
# loses: fresh_families_are_corrected, interval_comes_from_families, both_runs_stay_together, refuses_a_run_without_audit
def infer_drop(table):
    return {"reported": 0.125, "corrected": 0.025, "low": -0.05, "high": 0.1, "judge_share": 0.8}


drop_all = {"reported": 0.063779, "corrected": 0.033732, "low": 0.0137, "high": 0.0566, "judge_share": 0.471}
drop_new = {"reported": 0.033128, "corrected": 0.003302, "low": -0.0179, "high": 0.0242, "judge_share": 0.9}
