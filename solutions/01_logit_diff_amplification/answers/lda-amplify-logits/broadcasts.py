# wrong: lets shapes broadcast
# loses: refuses_shapes_that_differ
def amplify_logits(before, after, alpha):
    return (1 + alpha) * after - alpha * before
