# wrong: draws one sample and repeats it
# loses: rows_are_independent
def sample_amplified(before, after, prompt, alpha, n_tokens, n_samples, generator):
    tokens = prompt[None]
    for _ in range(n_tokens):
        logits = amplify_logits(before(tokens)[:, -1], after(tokens)[:, -1], alpha)
        tokens = torch.cat([tokens, torch.multinomial(logits.softmax(-1), 1, generator=generator)], 1)
    return tokens.repeat(n_samples, 1)
