# wrong: draws numbers from 0 to 1, so that all directions lie in one corner
# loses: as_long_as_the_vector, uniform_in_the_plane, knows_nothing_of_the_vector, uniform_in_many_dimensions
def random_directions(vector, n, generator):
    noise = torch.rand(n, len(vector), generator=generator)
    return noise / noise.norm(dim=1, keepdim=True) * vector.norm()


def p_value(effect, null_effects):
    null_effects = np.asarray(null_effects, dtype=float)
    if len(null_effects) == 0:
        raise ValueError("no null effects")
    return float((1 + (np.abs(null_effects) >= abs(effect)).sum()) / (1 + len(null_effects)))
