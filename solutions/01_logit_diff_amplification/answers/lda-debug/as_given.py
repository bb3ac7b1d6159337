# wrong: the colleague's code as it is
# loses: reads_what_it_wrote, every_row_has_its_own_alpha, minus_one_is_before, pairs_of_tokens_come_as_often_as_they_should
def sample_sweep(before, after, prompts, alphas, n_tokens, generator):
    return colleagues_sweep(before, after, prompts, alphas, n_tokens, generator)
