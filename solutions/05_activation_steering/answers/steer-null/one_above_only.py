# wrong: adds one above and not below
# loses: both_sides_and_itself, never_zero_and_at_most_one, fresh_p_values
def random_directions(vector, n, generator):
    noise = torch.randn(n, len(vector), generator=generator)
    return noise / noise.norm(dim=1, keepdim=True) * vector.norm()


def p_value(effect, null_effects):
    null_effects = np.asarray(null_effects, dtype=float)
    if len(null_effects) == 0:
        raise ValueError("no null effects")
    return float((1 + (np.abs(null_effects) >= abs(effect)).sum()) / len(null_effects))
