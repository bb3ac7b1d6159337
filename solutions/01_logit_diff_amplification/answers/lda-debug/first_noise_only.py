# wrong: the same noise at every step
# loses: pairs_of_tokens_come_as_often_as_they_should
def sample_sweep(before, after, prompts, alphas, n_tokens, generator):
    noise = -torch.empty(len(prompts), after(prompts).shape[-1]).exponential_(generator=generator).log()
    tokens = prompts
    for _ in range(n_tokens):
        lb, la = before(tokens)[:, -1], after(tokens)[:, -1]
        logits = la + alphas[:, None] * (la - lb)
        tokens = torch.cat([tokens, (logits + noise).argmax(-1, keepdim=True)], 1)
    return tokens
