# wrong: blames the noise that is used twice, and draws it anew
# loses: reads_what_it_wrote, pairs_of_tokens_come_as_often_as_they_should
def sample_sweep(before, after, prompts, alphas, n_tokens, generator):
    tokens = prompts
    for _ in range(n_tokens):
        new = torch.multinomial(after(tokens)[:, -1].softmax(-1), 1, generator=generator)
        tokens = torch.cat([tokens, new], 1)
    where = slice(prompts.shape[1] - 1, -1)
    lb, la = before(tokens)[:, where], after(tokens)[:, where]
    logits = la + alphas[:, None, None] * (la - lb)
    if n_tokens == 0:
        return prompts
    drawn = torch.multinomial(logits.flatten(0, 1).softmax(-1), 1, generator=generator)
    return torch.cat([prompts, drawn.view(len(prompts), n_tokens)], 1)
