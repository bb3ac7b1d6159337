# wrong: stops before the last token
# loses: gives_a_row_for_each_prompt, amplifies_the_reasoning_alone, lets_each_row_change_by_itself, follows_fresh_texts, draws_the_word_answer_as_reasoning, keeps_to_the_answer_until_the_end, looks_at_each_row_by_itself, takes_prompts_of_any_length, takes_back_the_difference_at_minus_one, draws_as_often_as_the_amplified_softmax_says, has_no_other_source_of_randomness
def sample_split(before, after, prompts, alpha_reasoning: float, alpha_answer: float, generator) -> torch.Tensor:
    tokens = prompts
    with torch.no_grad():
        while tokens.shape[1] < world.LENGTH - 1:
            answering = (tokens == world.ANSWER).any(dim=1, keepdim=True)
            alpha = torch.where(answering, float(alpha_answer), float(alpha_reasoning))
            logits = amplify_logits(before(tokens)[:, -1], after(tokens)[:, -1], alpha)
            tokens = torch.cat([tokens, torch.multinomial(logits.softmax(-1), 1, generator=generator)], dim=1)
    return tokens
