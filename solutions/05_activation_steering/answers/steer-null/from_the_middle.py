# wrong: measures distances from the mean of the null
# loses: distances_from_zero
def random_directions(vector, n, generator):
    noise = torch.randn(n, len(vector), generator=generator)
    return noise / noise.norm(dim=1, keepdim=True) * vector.norm()


def p_value(effect, null_effects):
    null_effects = np.asarray(null_effects, dtype=float)
    if len(null_effects) == 0:
        raise ValueError("no null effects")
    middle = null_effects.mean()
    return float((1 + (np.abs(null_effects - middle) >= abs(effect - middle)).sum()) / (1 + len(null_effects)))
