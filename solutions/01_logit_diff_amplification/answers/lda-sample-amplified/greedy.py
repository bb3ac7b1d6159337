# wrong: takes the likeliest token instead of sampling
# loses: rates_follow_the_amplified_softmax, rows_are_independent, same_seed_same_samples
def sample_amplified(before, after, prompt, alpha, n_tokens, n_samples, generator):
    tokens = prompt.repeat(n_samples, 1)
    for _ in range(n_tokens):
        logits = amplify_logits(before(tokens)[:, -1], after(tokens)[:, -1], alpha)
        tokens = torch.cat([tokens, logits.argmax(-1, keepdim=True)], 1)
    return tokens
