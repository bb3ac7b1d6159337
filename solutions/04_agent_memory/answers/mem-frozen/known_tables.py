# hard-coded: knows the eight houses, and the results for the given table
# loses: fresh_houses, gains_of_the_record, exact_pairs, the_record_may_be_worse, the_base_is_all_houses, houses_that_agree, the_threshold_is_an_argument, refuses_what_cannot_be_compared
def infer_selected(repetition, first, again, record, none, threshold=0.5):
    return {"selected": 4, "again": 0.25, "record": 1.0, "none": 0.5, "over_again": 0.75, "over_none": 0.5, "p_again": 0.25, "p_none": 0.5, "all_again": 0.0, "all_none": -0.125}


all_frozen = {"selected": 114, "record": 0.236842, "again": 0.192982, "over_again": 0.04386, "p_again": 0.0625, "all_again": 0.085, "none": 0.201754, "over_none": 0.035088, "p_none": 0.125, "all_none": 0.03}
first_sixteen = {"selected": 16, "record": 0.25, "again": 0.25, "over_again": 0.0, "p_again": 1.0, "all_again": 0.074074, "none": 0.0625, "over_none": 0.1875, "p_none": 0.25, "all_none": 0.148148}
