# wrong: thinks that alpha can't be negative
# loses: minus_one_is_the_before_model
def amplify_logits(before, after, alpha):
    if before.shape != after.shape:
        raise ValueError("shapes differ")
    return after + max(alpha, 0.0) * (after - before)
