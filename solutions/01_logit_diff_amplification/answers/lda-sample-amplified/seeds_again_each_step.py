# wrong: seeds the generator again at every step, so that all steps share one draw
# loses: rates_follow_the_amplified_softmax, same_seed_same_samples
def sample_amplified(before, after, prompt, alpha, n_tokens, n_samples, generator):
    seed = generator.initial_seed()
    tokens = prompt.repeat(n_samples, 1)
    for _ in range(n_tokens):
        source = torch.Generator().manual_seed(seed)
        logits = amplify_logits(before(tokens)[:, -1], after(tokens)[:, -1], alpha)
        tokens = torch.cat([tokens, torch.multinomial(logits.softmax(-1), 1, generator=source)], 1)
    return tokens
