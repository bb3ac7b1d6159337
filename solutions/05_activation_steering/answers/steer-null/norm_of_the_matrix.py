# wrong: divides by the norm of all rows together
# loses: as_long_as_the_vector, norms_of_any_vector
def random_directions(vector, n, generator):
    noise = torch.randn(n, len(vector), generator=generator)
    return noise / noise.norm() * vector.norm()


def p_value(effect, null_effects):
    null_effects = np.asarray(null_effects, dtype=float)
    if len(null_effects) == 0:
        raise ValueError("no null effects")
    return float((1 + (np.abs(null_effects) >= abs(effect)).sum()) / (1 + len(null_effects)))
