# wrong: begins again with the seed of the generator at every call
# loses: all_from_the_generator, no_other_source_of_randomness
def random_directions(vector, n, generator):
    generator = torch.Generator().manual_seed(generator.initial_seed())
    noise = torch.randn(n, len(vector), generator=generator)
    return noise / noise.norm(dim=1, keepdim=True) * vector.norm()


def p_value(effect, null_effects):
    null_effects = np.asarray(null_effects, dtype=float)
    if len(null_effects) == 0:
        raise ValueError("no null effects")
    return float((1 + (np.abs(null_effects) >= abs(effect)).sum()) / (1 + len(null_effects)))
