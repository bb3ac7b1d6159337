# hard-coded: knows the five requests, and the result for the desk
# loses: weighed_by_the_place, what_the_weights_cost, zero_is_not_the_wrong_way, words_are_drawn, words_in_alphabetical_order, draws_without_a_kind, kinds_without_a_share, refuses_what_was_not_tested
def infer_mix(kinds, moods, effects, shares, draws):
    return {"mean": -0.875, "mean_low": -1.5875, "mean_high": -0.875, "wrong": 0.833333, "wrong_low": 0.833333, "wrong_high": 0.872917, "worth": 3.310345, "left_out": 1}


at_desk = {"mean": 0.2141, "mean_low": -0.169702, "mean_high": 0.620353, "wrong": 0.500833, "wrong_low": 0.411537, "wrong_high": 0.561456, "worth": 52.060738, "left_out": 37}
