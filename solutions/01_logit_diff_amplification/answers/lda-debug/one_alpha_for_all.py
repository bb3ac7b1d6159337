# wrong: amplifies every row with the mean alpha
# loses: every_row_has_its_own_alpha, pairs_of_tokens_come_as_often_as_they_should
def sample_sweep(before, after, prompts, alphas, n_tokens, generator):
    tokens = prompts
    for _ in range(n_tokens):
        logits = amplify_logits(before(tokens)[:, -1], after(tokens)[:, -1], float(alphas.float().mean()))
        tokens = torch.cat([tokens, torch.multinomial(logits.softmax(-1), 1, generator=generator)], 1)
    return tokens
