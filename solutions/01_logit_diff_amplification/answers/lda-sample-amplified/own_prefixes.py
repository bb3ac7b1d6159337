# wrong: each model goes on from its own greedy samples
# loses: follows_the_amplified_path, fresh_random_path
def sample_amplified(before, after, prompt, alpha, n_tokens, n_samples, generator):
    mine, theirs = prompt.repeat(n_samples, 1), prompt.repeat(n_samples, 1)
    tokens = prompt.repeat(n_samples, 1)
    for _ in range(n_tokens):
        lb, la = before(mine)[:, -1], after(theirs)[:, -1]
        new = torch.multinomial((la + alpha * (la - lb)).softmax(-1), 1, generator=generator)
        tokens = torch.cat([tokens, new], 1)
        mine = torch.cat([mine, lb.argmax(-1, keepdim=True)], 1)
        theirs = torch.cat([theirs, la.argmax(-1, keepdim=True)], 1)
    return tokens
