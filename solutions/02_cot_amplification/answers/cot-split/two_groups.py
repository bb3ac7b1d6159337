# right: asks the models for the two groups of rows apart, with the Gumbel trick
# loses: none
def sample_split(before, after, prompts, alpha_reasoning: float, alpha_answer: float, generator) -> torch.Tensor:
    tokens = prompts.clone()
    for _ in range(world.LENGTH - prompts.shape[1]):
        thinking = ~torch.isin(tokens, torch.tensor(world.ANSWER)).any(1)
        new = torch.zeros(len(tokens), 1, dtype=torch.long)
        for group, alpha in ((thinking, alpha_reasoning), (~thinking, alpha_answer)):
            if group.any():
                seen = tokens[group]
                logits = amplify_logits(before(seen), after(seen), alpha)[:, -1].double()
                noise = torch.rand(logits.shape, generator=generator, dtype=torch.float64).clamp(1e-300, 1 - 1e-16)
                new[group] = (logits - (-noise.log()).log()).argmax(-1, keepdim=True)
        tokens = torch.cat([tokens, new], dim=1)
    return tokens
