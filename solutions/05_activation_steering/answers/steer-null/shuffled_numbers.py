# wrong: shuffles the numbers of the vector
# loses: uniform_in_the_plane, knows_nothing_of_the_vector, uniform_in_many_dimensions, as_long_as_the_vector
def random_directions(vector, n, generator):
    noise = torch.stack([vector[torch.randperm(len(vector), generator=generator)] for _ in range(n)])
    return noise


def p_value(effect, null_effects):
    null_effects = np.asarray(null_effects, dtype=float)
    if len(null_effects) == 0:
        raise ValueError("no null effects")
    return float((1 + (np.abs(null_effects) >= abs(effect)).sum()) / (1 + len(null_effects)))
