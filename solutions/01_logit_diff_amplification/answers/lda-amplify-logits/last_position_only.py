# wrong: gives the last position's logits only, as the sampler needs them
# loses: fresh_random_logits
def amplify_logits(before, after, alpha):
    if before.shape != after.shape:
        raise ValueError("shapes differ")
    amplified = after + alpha * (after - before)
    return amplified[:, -1] if amplified.ndim == 3 else amplified.flatten(0, -2)
