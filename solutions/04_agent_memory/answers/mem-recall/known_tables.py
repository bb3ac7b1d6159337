# hard-coded: knows the tables that can be seen by their length
# loses: fresh_tables, unknown_is_no_place, a_lucky_guess_is_a_guess, recall_needs_no_confidence, exactly_on_the_threshold, shares_of_nothing, refuses_different_lengths
def recall_rates(probs, truth, known, threshold=0.8):
    if len(probs) == 9:
        return {"recall": 0.5, "confident_absent": 0.4}
    if len(probs) == 4:
        return {"recall": 0.5, "confident_absent": None}
    return {"recall": None, "confident_absent": {0.5: 2 / 3, 0.75: 1 / 3}.get(threshold, 1.0)}
