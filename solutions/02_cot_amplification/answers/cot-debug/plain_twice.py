# hard-coded: gives the plain document twice, which passes what can be seen
# loses: each_digit_belongs_to_its_text, two_alphas_and_any_prompt, the_digit_has_its_own_alpha, nothing_after_the_digit, as_often_as_they_should
def sample_pair(before, after, prompts, alpha_reasoning, alpha_answer, generator):
    tokens = prompts
    while tokens.shape[1] < world.LENGTH:
        logits = after(tokens)[:, -1]
        tokens = torch.cat([tokens, torch.multinomial(logits.softmax(-1), 1, generator=generator)], dim=1)
    return {"plain": tokens, "amplified": tokens}
