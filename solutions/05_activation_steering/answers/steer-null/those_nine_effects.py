# hard-coded: the p-value of the visible example, and normal numbers with a norm
# loses: fresh_p_values, distances_from_zero, never_zero_and_at_most_one
def random_directions(vector, n, generator):
    noise = torch.randn(n, len(vector), generator=generator)
    return noise / noise.norm(dim=1, keepdim=True) * vector.norm()


def p_value(effect, null_effects):
    null_effects = np.asarray(null_effects, dtype=float)
    if len(null_effects) == 0:
        raise ValueError("no null effects")
    return 0.4
