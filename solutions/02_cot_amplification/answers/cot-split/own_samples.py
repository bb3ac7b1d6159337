# wrong: lets each model go on with its own samples
# loses: amplifies_the_reasoning_alone, follows_fresh_texts, takes_prompts_of_any_length
def sample_split(before, after, prompts, alpha_reasoning: float, alpha_answer: float, generator) -> torch.Tensor:
    tokens, of_before = prompts, prompts
    with torch.no_grad():
        while tokens.shape[1] < world.LENGTH:
            answering = (tokens == world.ANSWER).any(dim=1, keepdim=True)
            alpha = torch.where(answering, float(alpha_answer), float(alpha_reasoning))
            l_before, l_after = before(of_before)[:, -1], after(tokens)[:, -1]
            logits = amplify_logits(l_before, l_after, alpha)
            tokens = torch.cat([tokens, torch.multinomial(logits.softmax(-1), 1, generator=generator)], dim=1)
            own = torch.multinomial(l_before.softmax(-1), 1, generator=generator)
            of_before = torch.cat([of_before, own], dim=1)
    return tokens
