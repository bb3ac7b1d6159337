# wrong: draws from a cube and sets the norm, which favours the corners
# loses: uniform_in_the_plane
def random_directions(vector, n, generator):
    noise = 2 * torch.rand(n, len(vector), generator=generator) - 1
    return noise / noise.norm(dim=1, keepdim=True) * vector.norm()


def p_value(effect, null_effects):
    null_effects = np.asarray(null_effects, dtype=float)
    if len(null_effects) == 0:
        raise ValueError("no null effects")
    return float((1 + (np.abs(null_effects) >= abs(effect)).sum()) / (1 + len(null_effects)))
