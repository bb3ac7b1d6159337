# wrong: takes the check's verdict for the begin of the answer
# loses: amplifies_the_reasoning_alone, follows_fresh_texts, draws_the_word_answer_as_reasoning, keeps_to_the_answer_until_the_end
def sample_split(before, after, prompts, alpha_reasoning: float, alpha_answer: float, generator) -> torch.Tensor:
    tokens = prompts
    with torch.no_grad():
        while tokens.shape[1] < world.LENGTH:
            answering = torch.isin(tokens, torch.tensor([world.ID[w] for w in ("ok", "fix", "sure")])).any(
                dim=1, keepdim=True
            )
            alpha = torch.where(answering, float(alpha_answer), float(alpha_reasoning))
            logits = amplify_logits(before(tokens)[:, -1], after(tokens)[:, -1], alpha)
            tokens = torch.cat([tokens, torch.multinomial(logits.softmax(-1), 1, generator=generator)], dim=1)
    return tokens
