# wrong: gives probabilities instead of logits
# loses: alpha_zero_is_the_after_model, fresh_random_logits, keeps_the_scale_of_logits
def amplify_logits(before, after, alpha):
    return (after + alpha * (after - before)).softmax(dim=-1)
