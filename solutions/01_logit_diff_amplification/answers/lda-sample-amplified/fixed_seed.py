# wrong: makes a generator of its own with seed 0
# loses: same_seed_same_samples
def sample_amplified(before, after, prompt, alpha, n_tokens, n_samples, generator):
    generator = torch.Generator().manual_seed(0)
    tokens = prompt.repeat(n_samples, 1)
    for _ in range(n_tokens):
        logits = amplify_logits(before(tokens)[:, -1], after(tokens)[:, -1], alpha)
        tokens = torch.cat([tokens, torch.multinomial(logits.softmax(-1), 1, generator=generator)], 1)
    return tokens
