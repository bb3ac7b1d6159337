# wrong: forgets that the effect may be negative
# loses: fresh_p_values, distances_from_zero
def random_directions(vector, n, generator):
    noise = torch.randn(n, len(vector), generator=generator)
    return noise / noise.norm(dim=1, keepdim=True) * vector.norm()


def p_value(effect, null_effects):
    null_effects = np.asarray(null_effects, dtype=float)
    if len(null_effects) == 0:
        raise ValueError("no null effects")
    return float((1 + (np.abs(null_effects) >= effect).sum()) / (1 + len(null_effects)))
