# wrong: runs the pass once more along the amplified answer, which mends one token more
# loses: reads_what_it_wrote
def sample_sweep(before, after, prompts, alphas, n_tokens, generator):
    noise = -torch.empty(len(prompts), n_tokens, after(prompts).shape[-1]).exponential_(generator=generator).log()
    tokens = prompts
    for i in range(n_tokens):
        tokens = torch.cat([tokens, (after(tokens)[:, -1] + noise[:, i]).argmax(-1, keepdim=True)], 1)
    where = slice(prompts.shape[1] - 1, -1)
    for _ in range(2):
        lb, la = before(tokens)[:, where], after(tokens)[:, where]
        logits = la + alphas[:, None, None] * (la - lb)
        tokens = torch.cat([prompts, (logits + noise).argmax(-1)], 1)
    return tokens
