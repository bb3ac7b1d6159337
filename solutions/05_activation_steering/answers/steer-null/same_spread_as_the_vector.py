# wrong: scales the noise by the numbers of the vector
# loses: uniform_in_many_dimensions, norms_of_any_vector
def random_directions(vector, n, generator):
    noise = torch.randn(n, len(vector), generator=generator)
    noise = noise * vector.abs()
    return noise / noise.norm(dim=1, keepdim=True) * vector.norm()


def p_value(effect, null_effects):
    null_effects = np.asarray(null_effects, dtype=float)
    if len(null_effects) == 0:
        raise ValueError("no null effects")
    return float((1 + (np.abs(null_effects) >= abs(effect)).sum()) / (1 + len(null_effects)))
