# wrong: takes the most probable token
# loses: draws_as_often_as_the_amplified_softmax_says, has_no_other_source_of_randomness
def sample_split(before, after, prompts, alpha_reasoning: float, alpha_answer: float, generator) -> torch.Tensor:
    tokens = prompts
    with torch.no_grad():
        while tokens.shape[1] < world.LENGTH:
            answering = (tokens == world.ANSWER).any(dim=1, keepdim=True)
            alpha = torch.where(answering, float(alpha_answer), float(alpha_reasoning))
            logits = amplify_logits(before(tokens)[:, -1], after(tokens)[:, -1], alpha)
            tokens = torch.cat([tokens, logits.argmax(-1, keepdim=True)], dim=1)
    return tokens
