# wrong: swaps before and after
# loses: follows_the_amplified_path, minus_one_samples_from_before, fresh_random_path
def sample_amplified(before, after, prompt, alpha, n_tokens, n_samples, generator):
    tokens = prompt.repeat(n_samples, 1)
    for _ in range(n_tokens):
        logits = amplify_logits(after(tokens)[:, -1], before(tokens)[:, -1], alpha)
        tokens = torch.cat([tokens, torch.multinomial(logits.softmax(-1), 1, generator=generator)], 1)
    return tokens
