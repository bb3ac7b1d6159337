# right: repeats the colleague's pass along its own answer, once for each token
# loses: none
def sample_sweep(before, after, prompts, alphas, n_tokens, generator):
    noise = -torch.empty(len(prompts), n_tokens, after(prompts).shape[-1]).exponential_(generator=generator).log()
    tokens = torch.cat([prompts, prompts.new_zeros(len(prompts), n_tokens)], 1)
    where = slice(prompts.shape[1] - 1, -1)
    with torch.no_grad():
        for _ in range(n_tokens):  # after pass i the first i tokens are final
            lb, la = before(tokens)[:, where], after(tokens)[:, where]
            logits = la + alphas[:, None, None] * (la - lb)
            tokens = torch.cat([prompts, (logits + noise).argmax(-1)], 1)
    return tokens
