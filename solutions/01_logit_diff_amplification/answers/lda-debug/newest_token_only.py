# wrong: passes only the newest token to the models
# loses: reads_the_whole_row
def sample_sweep(before, after, prompts, alphas, n_tokens, generator):
    tokens = prompts
    for _ in range(n_tokens):
        newest = tokens[:, -1:]
        logits = amplify_logits(before(newest)[:, -1], after(newest)[:, -1], alphas[:, None])
        tokens = torch.cat([tokens, torch.multinomial(logits.softmax(-1), 1, generator=generator)], 1)
    return tokens
