# right: the Gumbel trick in a preallocated tensor
# loses: none
def sample_amplified(before, after, prompt, alpha, n_tokens, n_samples, generator):
    length = len(prompt)
    out = torch.zeros(n_samples, length + n_tokens, dtype=torch.long)
    out[:, :length] = prompt
    for position in range(length, length + n_tokens):
        seen = out[:, :position]
        logits = amplify_logits(before(seen)[:, -1], after(seen)[:, -1], alpha).double()
        noise = -torch.log(-torch.log(torch.rand(logits.shape, generator=generator, dtype=torch.float64) + 1e-300))
        out[:, position] = (logits + noise).argmax(-1)
    return out
