# wrong: forgets the second alpha
# loses: amplifies_the_reasoning_alone, lets_each_row_change_by_itself, follows_fresh_texts, keeps_to_the_answer_until_the_end, draws_the_word_answer_as_reasoning, takes_back_the_difference_at_minus_one
def sample_split(before, after, prompts, alpha_reasoning: float, alpha_answer: float, generator) -> torch.Tensor:
    tokens = prompts
    with torch.no_grad():
        while tokens.shape[1] < world.LENGTH:
            answering = (tokens == world.ANSWER).any(dim=1, keepdim=True)
            alpha = torch.where(answering, float(alpha_reasoning), float(alpha_reasoning))
            logits = amplify_logits(before(tokens)[:, -1], after(tokens)[:, -1], alpha)
            tokens = torch.cat([tokens, torch.multinomial(logits.softmax(-1), 1, generator=generator)], dim=1)
    return tokens
