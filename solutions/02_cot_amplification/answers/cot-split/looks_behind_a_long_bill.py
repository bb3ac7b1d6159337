# wrong: looks for the word from world.START + 1 on, where long bills with reasoning have it
# loses: draws_the_word_answer_as_reasoning, takes_prompts_of_any_length, looks_at_each_row_by_itself
def sample_split(before, after, prompts, alpha_reasoning: float, alpha_answer: float, generator) -> torch.Tensor:
    tokens = prompts
    with torch.no_grad():
        while tokens.shape[1] < world.LENGTH:
            answering = (tokens[:, world.START + 1 :] == world.ANSWER).any(dim=1, keepdim=True)
            alpha = torch.where(answering, float(alpha_answer), float(alpha_reasoning))
            logits = amplify_logits(before(tokens)[:, -1], after(tokens)[:, -1], alpha)
            tokens = torch.cat([tokens, torch.multinomial(logits.softmax(-1), 1, generator=generator)], dim=1)
    return tokens
