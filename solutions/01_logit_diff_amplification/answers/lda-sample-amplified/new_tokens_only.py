# wrong: gives the new tokens without the prompt, and fails when there are none
# loses: prompt_and_samples_have_the_right_shape, follows_the_amplified_path, nothing_to_add_gives_the_prompt
def sample_amplified(before, after, prompt, alpha, n_tokens, n_samples, generator):
    tokens, new = prompt.repeat(n_samples, 1), []
    for _ in range(n_tokens):
        logits = amplify_logits(before(tokens)[:, -1], after(tokens)[:, -1], alpha)
        new.append(torch.multinomial(logits.softmax(-1), 1, generator=generator))
        tokens = torch.cat([tokens, new[-1]], 1)
    return torch.cat(new, 1)
