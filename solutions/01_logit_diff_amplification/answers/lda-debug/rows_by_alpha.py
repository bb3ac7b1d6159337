# wrong: groups the rows by alpha and forgets to put them back in order
# loses: every_row_has_its_own_alpha
def sample_sweep(before, after, prompts, alphas, n_tokens, generator):
    groups = []
    for alpha in alphas.unique():
        tokens = prompts[alphas == alpha]
        for _ in range(n_tokens):
            logits = amplify_logits(before(tokens)[:, -1], after(tokens)[:, -1], float(alpha))
            tokens = torch.cat([tokens, torch.multinomial(logits.softmax(-1), 1, generator=generator)], 1)
        groups.append(tokens)
    return torch.cat(groups)
