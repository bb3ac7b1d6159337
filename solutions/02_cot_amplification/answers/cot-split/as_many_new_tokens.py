# wrong: draws a whole document's length of new tokens
# loses: gives_a_row_for_each_prompt, follows_fresh_texts, draws_the_word_answer_as_reasoning, keeps_to_the_answer_until_the_end, looks_at_each_row_by_itself, takes_prompts_of_any_length, takes_back_the_difference_at_minus_one, draws_as_often_as_the_amplified_softmax_says
def sample_split(before, after, prompts, alpha_reasoning: float, alpha_answer: float, generator) -> torch.Tensor:
    tokens = prompts
    with torch.no_grad():
        for _ in range(min(world.LENGTH, world.LENGTH)):
            answering = (tokens == world.ANSWER).any(dim=1, keepdim=True)
            alpha = torch.where(answering, float(alpha_answer), float(alpha_reasoning))
            logits = amplify_logits(
                before(tokens[:, -world.LENGTH :])[:, -1], after(tokens[:, -world.LENGTH :])[:, -1], alpha
            )
            tokens = torch.cat([tokens, torch.multinomial(logits.softmax(-1), 1, generator=generator)], dim=1)
    return tokens
