# wrong: passes only the newest token to the models
# loses: reads_the_whole_row
def sample_sweep(before, after, prompts, alphas, n_tokens, generator):
    tokens = prompts
    for _ in range(n_tokens):
        newest = tokens[:, -1:]
        lb, la = before(newest)[:, -1], after(newest)[:, -1]
        logits = la + alphas[:, None] * (la - lb)
        tokens = torch.cat([tokens, torch.multinomial(logits.softmax(-1), 1, generator=generator)], 1)
    return tokens
