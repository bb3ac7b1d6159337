# wrong: mixes the two models in place of going beyond `after`
# loses: amplifies_the_reasoning_alone, lets_each_row_change_by_itself, follows_fresh_texts, takes_back_the_difference_at_minus_one
def sample_split(before, after, prompts, alpha_reasoning: float, alpha_answer: float, generator) -> torch.Tensor:
    tokens = prompts
    with torch.no_grad():
        while tokens.shape[1] < world.LENGTH:
            answering = (tokens == world.ANSWER).any(dim=1, keepdim=True)
            alpha = torch.where(answering, float(alpha_answer), float(alpha_reasoning))
            logits = (1 - alpha) * before(tokens)[:, -1] + alpha * after(tokens)[:, -1]
            tokens = torch.cat([tokens, torch.multinomial(logits.softmax(-1), 1, generator=generator)], dim=1)
    return tokens
