# wrong: normalises both sides to log-probabilities first, which moves the scale
# loses: alpha_zero_is_the_after_model, keeps_the_scale_of_logits
def amplify_logits(before, after, alpha):
    if before.shape != after.shape:
        raise ValueError("shapes differ")
    before, after = before.log_softmax(-1), after.log_softmax(-1)
    return after + alpha * (after - before)
