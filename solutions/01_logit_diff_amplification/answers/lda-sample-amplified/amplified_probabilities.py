# wrong: amplifies probabilities instead of logits
# loses: rates_follow_the_amplified_softmax
def sample_amplified(before, after, prompt, alpha, n_tokens, n_samples, generator):
    tokens = prompt.repeat(n_samples, 1)
    for _ in range(n_tokens):
        p, q = after(tokens)[:, -1].softmax(-1), before(tokens)[:, -1].softmax(-1)
        amplified = (p + alpha * (p - q)).clamp(min=1e-9)
        tokens = torch.cat([tokens, torch.multinomial(amplified, 1, generator=generator)], 1)
    return tokens
