# wrong: draws as many tokens as a long bill leaves room for
# loses: takes_prompts_of_any_length, draws_as_often_as_the_amplified_softmax_says
def sample_split(before, after, prompts, alpha_reasoning: float, alpha_answer: float, generator) -> torch.Tensor:
    tokens = prompts
    with torch.no_grad():
        for _ in range(12):
            answering = (tokens == world.ANSWER).any(dim=1, keepdim=True)
            alpha = torch.where(answering, float(alpha_answer), float(alpha_reasoning))
            logits = amplify_logits(before(tokens)[:, -1], after(tokens)[:, -1], alpha)
            tokens = torch.cat([tokens, torch.multinomial(logits.softmax(-1), 1, generator=generator)], dim=1)
    return tokens
