# right: keeps the colleague's noise and adds it on the amplified rows, step by step
# loses: none
def sample_sweep(before, after, prompts, alphas, n_tokens, generator):
    vocab = after(prompts).shape[-1]
    noise = -torch.empty(len(prompts), n_tokens, vocab).exponential_(generator=generator).log()
    tokens = prompts
    with torch.no_grad():
        for step in range(n_tokens):
            lb, la = before(tokens)[:, -1], after(tokens)[:, -1]
            logits = la + alphas[:, None] * (la - lb)
            tokens = torch.cat([tokens, (logits + noise[:, step]).argmax(-1, keepdim=True)], dim=1)
    return tokens
