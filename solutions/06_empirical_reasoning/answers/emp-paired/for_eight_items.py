# hard-coded: knows the eight items
# loses: fresh_difference_and_error, fresh_discordant_pairs, fresh_mcnemar, agreement_is_silent, no_discordant_item, another_confidence, refuses_unpaired_items
def compare_paired(a, b, confidence=0.95):
    if len(a) != len(b):
        raise ValueError("not the same items")
    return {"difference": 0.25, "se": 0.25, "low": -0.239991, "high": 0.739991, "only_a": 3, "only_b": 1, "p": 0.625}
