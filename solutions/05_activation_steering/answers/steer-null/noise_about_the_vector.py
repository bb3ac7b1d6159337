# wrong: adds noise to the vector
# loses: knows_nothing_of_the_vector, uniform_in_the_plane
def random_directions(vector, n, generator):
    noise = torch.randn(n, len(vector), generator=generator)
    noise = vector / vector.norm().clamp(min=1e-9) * len(vector) ** 0.5 + noise
    return noise / noise.norm(dim=1, keepdim=True) * vector.norm()


def p_value(effect, null_effects):
    null_effects = np.asarray(null_effects, dtype=float)
    if len(null_effects) == 0:
        raise ValueError("no null effects")
    return float((1 + (np.abs(null_effects) >= abs(effect)).sum()) / (1 + len(null_effects)))
