# wrong: doubles the share above, as for a symmetric null
# loses: both_sides_and_itself, distances_from_zero
def random_directions(vector, n, generator):
    noise = torch.randn(n, len(vector), generator=generator)
    return noise / noise.norm(dim=1, keepdim=True) * vector.norm()


def p_value(effect, null_effects):
    null_effects = np.asarray(null_effects, dtype=float)
    if len(null_effects) == 0:
        raise ValueError("no null effects")
    above = (1 + (null_effects * np.sign(effect) >= abs(effect)).sum()) / (1 + len(null_effects))
    return float(min(1.0, 2 * above))
