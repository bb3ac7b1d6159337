# wrong: amplifies on the prefix that `after` alone samples
# loses: follows_the_amplified_path, fresh_random_path
def sample_amplified(before, after, prompt, alpha, n_tokens, n_samples, generator):
    plain, tokens = prompt.repeat(n_samples, 1), prompt.repeat(n_samples, 1)
    for _ in range(n_tokens):
        lb, la = before(plain)[:, -1], after(plain)[:, -1]
        new = torch.multinomial((la + alpha * (la - lb)).softmax(-1), 1, generator=generator)
        tokens = torch.cat([tokens, new], 1)
        plain = torch.cat([plain, torch.multinomial(la.softmax(-1), 1, generator=generator)], 1)
    return tokens
