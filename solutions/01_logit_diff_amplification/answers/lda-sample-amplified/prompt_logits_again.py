# wrong: computes the logits on the prompt once and draws all tokens from them
# loses: follows_the_amplified_path, fresh_random_path, minus_one_samples_from_before
def sample_amplified(before, after, prompt, alpha, n_tokens, n_samples, generator):
    start = prompt.repeat(n_samples, 1)
    lb, la = before(start)[:, -1], after(start)[:, -1]
    p = (la + alpha * (la - lb)).softmax(-1)
    if n_tokens == 0:
        return start
    return torch.cat([start, torch.multinomial(p, n_tokens, replacement=True, generator=generator)], 1)
