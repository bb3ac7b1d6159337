# right: the same formula, collected by model
# loses: none
def amplify_logits(before, after, alpha):
    if before.shape != after.shape:
        raise ValueError("before and after must have one shape")
    return (1 + alpha) * after - alpha * before
