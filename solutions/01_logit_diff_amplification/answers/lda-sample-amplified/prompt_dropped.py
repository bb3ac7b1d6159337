# wrong: after the first step the models read the new tokens without the prompt
# loses: reads_the_whole_text
def sample_amplified(before, after, prompt, alpha, n_tokens, n_samples, generator):
    prompts = prompt.repeat(n_samples, 1)
    new = prompts[:, :0]
    for _ in range(n_tokens):
        seen = new if new.shape[1] else prompts
        logits = amplify_logits(before(seen)[:, -1], after(seen)[:, -1], alpha)
        new = torch.cat([new, torch.multinomial(logits.softmax(-1), 1, generator=generator)], 1)
    return torch.cat([prompts, new], 1)
