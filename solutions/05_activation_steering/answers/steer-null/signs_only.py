# wrong: draws signs
# loses: uniform_in_the_plane, uniform_in_many_dimensions
def random_directions(vector, n, generator):
    noise = torch.randint(0, 2, (n, len(vector)), generator=generator) * 2.0 - 1
    return noise / noise.norm(dim=1, keepdim=True) * vector.norm()


def p_value(effect, null_effects):
    null_effects = np.asarray(null_effects, dtype=float)
    if len(null_effects) == 0:
        raise ValueError("no null effects")
    return float((1 + (np.abs(null_effects) >= abs(effect)).sum()) / (1 + len(null_effects)))
