# wrong: makes a generator of its own so that the sweep can be repeated
# loses: uses_the_generator_it_is_given
def sample_sweep(before, after, prompts, alphas, n_tokens, generator):
    generator = torch.Generator().manual_seed(0)
    tokens = prompts
    for _ in range(n_tokens):
        lb, la = before(tokens)[:, -1], after(tokens)[:, -1]
        logits = la + alphas[:, None] * (la - lb)
        tokens = torch.cat([tokens, torch.multinomial(logits.softmax(-1), 1, generator=generator)], 1)
    return tokens
