# wrong: turns each direction so that its first number is positive, since the p-value has two sides anyway
# loses: as_long_as_the_vector, uniform_in_the_plane, uniform_in_many_dimensions
def random_directions(vector, n, generator):
    noise = torch.randn(n, len(vector), generator=generator)
    noise = noise * torch.where(noise[:, :1] < 0, -1.0, 1.0)
    return noise / noise.norm(dim=1, keepdim=True) * vector.norm()


def p_value(effect, null_effects):
    null_effects = np.asarray(null_effects, dtype=float)
    if len(null_effects) == 0:
        raise ValueError("no null effects")
    return float((1 + (np.abs(null_effects) >= abs(effect)).sum()) / (1 + len(null_effects)))
