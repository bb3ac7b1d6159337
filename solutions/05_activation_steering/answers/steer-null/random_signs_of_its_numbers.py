# wrong: gives the numbers of the vector random signs
# loses: uniform_in_the_plane, uniform_in_many_dimensions, knows_nothing_of_the_vector, as_long_as_the_vector
def random_directions(vector, n, generator):
    noise = vector * (2.0 * torch.randint(0, 2, (n, len(vector)), generator=generator) - 1)
    return noise


def p_value(effect, null_effects):
    null_effects = np.asarray(null_effects, dtype=float)
    if len(null_effects) == 0:
        raise ValueError("no null effects")
    return float((1 + (np.abs(null_effects) >= abs(effect)).sum()) / (1 + len(null_effects)))
