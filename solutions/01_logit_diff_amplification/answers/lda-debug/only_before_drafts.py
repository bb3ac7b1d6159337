# wrong: `after` reads the amplified tokens, `before` still the plain answer
# loses: reads_what_it_wrote
def sample_sweep(before, after, prompts, alphas, n_tokens, generator):
    plain = tokens = prompts
    for _ in range(n_tokens):
        la, lb = after(tokens)[:, -1], before(plain)[:, -1]
        new = torch.multinomial((la + alphas[:, None] * (la - lb)).softmax(-1), 1, generator=generator)
        plain = torch.cat([plain, after(plain)[:, -1].argmax(-1, keepdim=True)], 1)
        tokens = torch.cat([tokens, new], 1)
    return tokens
