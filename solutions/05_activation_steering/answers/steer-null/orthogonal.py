# wrong: takes away the part along the vector, so that nothing of the effect is left in the null
# loses: knows_nothing_of_the_vector, uniform_in_the_plane
def random_directions(vector, n, generator):
    noise = torch.randn(n, len(vector), generator=generator)
    unit = vector / vector.norm()
    noise = noise - (noise @ unit)[:, None] * unit
    return noise / noise.norm(dim=1, keepdim=True) * vector.norm()


def p_value(effect, null_effects):
    null_effects = np.asarray(null_effects, dtype=float)
    if len(null_effects) == 0:
        raise ValueError("no null effects")
    return float((1 + (np.abs(null_effects) >= abs(effect)).sum()) / (1 + len(null_effects)))
