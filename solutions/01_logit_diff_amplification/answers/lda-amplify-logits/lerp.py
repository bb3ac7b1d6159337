# right: torch.lerp extrapolates when its weight is above one; checks shapes by hand
# loses: none
def amplify_logits(before, after, alpha):
    if list(before.shape) != list(after.shape):
        raise ValueError
    return torch.lerp(before.double(), after.double(), 1.0 + alpha)
