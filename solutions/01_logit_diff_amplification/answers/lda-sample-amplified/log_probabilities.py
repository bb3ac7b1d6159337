# right: log-probabilities in double precision, one tensor filled in place, a constant subtracted from each row
# loses: none
def sample_amplified(before, after, prompt, alpha, n_tokens, n_samples, generator):
    text = torch.cat([prompt.expand(n_samples, -1), prompt.new_zeros(n_samples, n_tokens)], 1)
    with torch.inference_mode():
        for i in range(len(prompt), text.shape[1]):
            b, a = (m(text[:, :i])[:, -1].double().log_softmax(-1) for m in (before, after))
            weights = ((1 + alpha) * a - alpha * b).log_softmax(-1).exp()
            text[:, i] = torch.multinomial(weights, 1, generator=generator).squeeze(1)
    return text
