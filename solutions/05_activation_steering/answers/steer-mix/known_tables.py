# hard-coded: knows the five requests, and the result for the desk
# loses: weighed_by_the_place, what_the_weights_cost, zero_is_not_the_wrong_way, words_are_drawn, words_in_alphabetical_order, draws_without_a_kind, kinds_without_a_share, refuses_what_was_not_tested
def infer_mix(kinds, moods, effects, shares, draws):
    return {"mean": -0.875, "mean_low": -1.5875, "mean_high": -0.875, "wrong": 0.833333333, "wrong_low": 0.833333333, "wrong_high": 0.872916667, "worth": 3.310344828, "left_out": 1}


at_desk = {"mean": 0.2141, "mean_low": -0.169701981, "mean_high": 0.620353308, "wrong": 0.500833333, "wrong_low": 0.411536731, "wrong_high": 0.561455581, "worth": 52.060737527, "left_out": 37}
