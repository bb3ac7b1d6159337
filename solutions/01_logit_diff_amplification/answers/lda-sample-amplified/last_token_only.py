# wrong: passes only the newest token to the models, as if they kept a cache
# loses: reads_the_whole_text
def sample_amplified(before, after, prompt, alpha, n_tokens, n_samples, generator):
    tokens = prompt.repeat(n_samples, 1)
    for _ in range(n_tokens):
        newest = tokens[:, -1:]
        logits = amplify_logits(before(newest)[:, -1], after(newest)[:, -1], alpha)
        tokens = torch.cat([tokens, torch.multinomial(logits.softmax(-1), 1, generator=generator)], 1)
    return tokens
