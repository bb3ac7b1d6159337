# wrong: lets the plain answer be drawn by `before`, and amplifies along it
# loses: at_alpha_zero_it_is_the_plain_model, reads_what_it_wrote
def sample_sweep(before, after, prompts, alphas, n_tokens, generator):
    noise = -torch.empty(len(prompts), n_tokens, after(prompts).shape[-1]).exponential_(generator=generator).log()
    tokens = prompts
    for i in range(n_tokens):
        tokens = torch.cat([tokens, (before(tokens)[:, -1] + noise[:, i]).argmax(-1, keepdim=True)], 1)
    where = slice(prompts.shape[1] - 1, -1)
    lb, la = before(tokens)[:, where], after(tokens)[:, where]
    logits = la + alphas[:, None, None] * (la - lb)
    return torch.cat([prompts, (logits + noise).argmax(-1)], 1)
