# wrong: gives the answers without their prompts
# loses: a_row_for_each_prompt, at_alpha_zero_it_is_the_plain_model, reads_what_it_wrote, nothing_to_add_gives_the_prompts
def sample_sweep(before, after, prompts, alphas, n_tokens, generator):
    tokens = prompts
    for _ in range(n_tokens):
        lb, la = before(tokens)[:, -1], after(tokens)[:, -1]
        logits = la + alphas[:, None] * (la - lb)
        tokens = torch.cat([tokens, torch.multinomial(logits.softmax(-1), 1, generator=generator)], 1)
    return tokens[:, prompts.shape[1] :]
