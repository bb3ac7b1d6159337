# wrong: fails when nothing is to be added
# loses: nothing_to_add_gives_the_prompts
def sample_sweep(before, after, prompts, alphas, n_tokens, generator):
    tokens, new = prompts, []
    for _ in range(n_tokens):
        lb, la = before(tokens)[:, -1], after(tokens)[:, -1]
        logits = la + alphas[:, None] * (la - lb)
        new.append(torch.multinomial(logits.softmax(-1), 1, generator=generator))
        tokens = torch.cat([tokens, new[-1]], 1)
    return torch.cat([prompts, torch.cat(new, 1)], 1)
