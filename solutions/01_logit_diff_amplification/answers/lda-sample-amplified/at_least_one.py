# wrong: always adds a token, even when none is asked for
# loses: nothing_to_add_gives_the_prompt
def sample_amplified(before, after, prompt, alpha, n_tokens, n_samples, generator):
    tokens = prompt.repeat(n_samples, 1)
    while True:
        logits = amplify_logits(before(tokens)[:, -1], after(tokens)[:, -1], alpha)
        tokens = torch.cat([tokens, torch.multinomial(logits.softmax(-1), 1, generator=generator)], 1)
        if tokens.shape[1] >= len(prompt) + n_tokens:
            return tokens
