# wrong: collects the tokens in a float tensor
# loses: prompt_and_samples_have_the_right_shape
def sample_amplified(before, after, prompt, alpha, n_tokens, n_samples, generator):
    tokens = torch.zeros(n_samples, len(prompt) + n_tokens)
    tokens[:, : len(prompt)] = prompt
    for i in range(len(prompt), tokens.shape[1]):
        seen = tokens[:, :i].long()
        logits = amplify_logits(before(seen)[:, -1], after(seen)[:, -1], alpha)
        tokens[:, i] = torch.multinomial(logits.softmax(-1), 1, generator=generator)[:, 0]
    return tokens
