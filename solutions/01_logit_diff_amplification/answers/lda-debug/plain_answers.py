# hard-coded: plain answers of , which pass what can be seen
# loses: reads_what_it_wrote, every_row_has_its_own_alpha, minus_one_is_before, pairs_of_tokens_come_as_often_as_they_should
def sample_sweep(before, after, prompts, alphas, n_tokens, generator):
    tokens = prompts
    for _ in range(n_tokens):
        tokens = torch.cat([tokens, torch.multinomial(after(tokens)[:, -1].softmax(-1), 1, generator=generator)], 1)
    return tokens
