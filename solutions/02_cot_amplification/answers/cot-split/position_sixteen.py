# wrong: takes for granted that the answer stands where it stands after a check
# loses: lets_each_row_change_by_itself, follows_fresh_texts, keeps_to_the_answer_until_the_end, takes_prompts_of_any_length
def sample_split(before, after, prompts, alpha_reasoning: float, alpha_answer: float, generator) -> torch.Tensor:
    tokens = prompts
    with torch.no_grad():
        while tokens.shape[1] < world.LENGTH:
            answering = torch.full((len(tokens), 1), tokens.shape[1] > 16)
            alpha = torch.where(answering, float(alpha_answer), float(alpha_reasoning))
            logits = amplify_logits(before(tokens)[:, -1], after(tokens)[:, -1], alpha)
            tokens = torch.cat([tokens, torch.multinomial(logits.softmax(-1), 1, generator=generator)], dim=1)
    return tokens
