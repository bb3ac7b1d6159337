# wrong: looks at the first row only
# loses: lets_each_row_change_by_itself, follows_fresh_texts, looks_at_each_row_by_itself
def sample_split(before, after, prompts, alpha_reasoning: float, alpha_answer: float, generator) -> torch.Tensor:
    tokens = prompts
    with torch.no_grad():
        while tokens.shape[1] < world.LENGTH:
            answering = (tokens[:1] == world.ANSWER).any(dim=1, keepdim=True)
            alpha = torch.where(answering, float(alpha_answer), float(alpha_reasoning))
            logits = amplify_logits(before(tokens)[:, -1], after(tokens)[:, -1], alpha)
            tokens = torch.cat([tokens, torch.multinomial(logits.softmax(-1), 1, generator=generator)], dim=1)
    return tokens
