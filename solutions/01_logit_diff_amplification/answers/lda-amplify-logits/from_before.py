# wrong: adds alpha times the step to `before`, so alpha = 0 gives `before`
# loses: alpha_zero_is_the_after_model, alpha_one_doubles_the_difference, fresh_random_logits, minus_one_is_the_before_model
def amplify_logits(before, after, alpha):
    return before + alpha * (after - before)
