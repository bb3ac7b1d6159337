# wrong: steps back towards `before`
# loses: alpha_one_doubles_the_difference, fresh_random_logits, minus_one_is_the_before_model
def amplify_logits(before, after, alpha):
    return after + alpha * (before - after)
