# wrong: draws the word itself again with alpha_answer once it is the next one
# loses: amplifies_the_reasoning_alone, lets_each_row_change_by_itself, follows_fresh_texts, draws_the_word_answer_as_reasoning, keeps_to_the_answer_until_the_end
def sample_split(before, after, prompts, alpha_reasoning: float, alpha_answer: float, generator) -> torch.Tensor:
    tokens = prompts
    with torch.no_grad():
        while tokens.shape[1] < world.LENGTH:
            l_before, l_after = before(tokens)[:, -1], after(tokens)[:, -1]
            plain = amplify_logits(l_before, l_after, alpha_reasoning)
            other = amplify_logits(l_before, l_after, alpha_answer)
            soon = (tokens == world.ANSWER).any(dim=1) | (plain.argmax(-1) == world.ANSWER)
            logits = torch.where(soon[:, None], other, plain)
            tokens = torch.cat([tokens, torch.multinomial(logits.softmax(-1), 1, generator=generator)], dim=1)
    return tokens
