# wrong: keeps only the two likeliest tokens, as chat samplers do
# loses: rates_follow_the_amplified_softmax
def sample_amplified(before, after, prompt, alpha, n_tokens, n_samples, generator):
    tokens = prompt.repeat(n_samples, 1)
    for _ in range(n_tokens):
        logits = amplify_logits(before(tokens)[:, -1], after(tokens)[:, -1], alpha)
        top, index = logits.topk(2, dim=-1)
        new = index.gather(1, torch.multinomial(top.softmax(-1), 1, generator=generator))
        tokens = torch.cat([tokens, new], 1)
    return tokens
