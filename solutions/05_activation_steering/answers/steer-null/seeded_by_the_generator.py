# right: numpy draws, seeded from the generator, in double precision; p by sorting
# loses: none
def random_directions(vector, n, generator):
    seed = int(torch.randint(2**62, (1,), generator=generator))
    noise = np.random.default_rng(seed).standard_normal((n, vector.numel()))
    noise *= float(vector.double().norm()) / np.sqrt((noise**2).sum(axis=1, keepdims=True))
    return torch.tensor(noise, dtype=vector.dtype)


def p_value(effect, null_effects):
    null = np.sort(np.abs(np.array(list(null_effects), dtype=np.float64)))
    if null.size == 0:
        raise ValueError("no null effects")
    k = null.size - np.searchsorted(null, abs(effect), side="left")
    return (1 + k) / (1 + null.size)
