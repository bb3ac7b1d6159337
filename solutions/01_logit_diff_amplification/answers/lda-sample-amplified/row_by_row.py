# right: loops over samples and draws by the inverse of the cumulative distribution
# loses: none
def sample_amplified(before, after, prompt, alpha, n_tokens, n_samples, generator):
    rows = []
    for _ in range(n_samples):
        row = prompt.clone()
        for _ in range(n_tokens):
            la, lb = after(row[None])[0, -1], before(row[None])[0, -1]
            cumulative = (la + alpha * (la - lb)).double().softmax(-1).cumsum(-1)
            draw = torch.rand((), generator=generator, dtype=torch.float64)
            new = torch.searchsorted(cumulative, draw).clamp(max=len(cumulative) - 1)
            row = torch.cat([row, new.reshape(1)])
        rows.append(row)
    return torch.stack(rows)
