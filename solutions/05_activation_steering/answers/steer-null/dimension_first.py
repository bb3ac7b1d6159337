# right: einsum for the norms, both tails counted one by one
# loses: none
def random_directions(vector, n, generator):
    noise = torch.randn(vector.shape[-1], n, generator=generator).T
    lengths = torch.einsum("nd,nd->n", noise, noise).sqrt()
    return (noise * (vector.norm() / lengths).unsqueeze(1)).contiguous()


def p_value(effect, null_effects):
    n = len(null_effects)
    if n < 1:
        raise ValueError("no null effects")
    null = torch.as_tensor(np.asarray(null_effects), dtype=torch.float64)
    far = max(effect, -effect)
    k = int(torch.logical_or(null >= far, null <= -far).sum())
    return (k + 1) / (n + 1)
