# right: log-probabilities first, then the inverse of the cumulative sum
# loses: none
def sample_split(before, after, prompts, alpha_reasoning: float, alpha_answer: float, generator) -> torch.Tensor:
    columns = list(prompts.T)
    with torch.inference_mode():
        while len(columns) < world.LENGTH:
            tokens = torch.stack(columns, dim=1)
            answered = (tokens == world.ANSWER).sum(1, keepdim=True).clamp(max=1)
            alpha = alpha_reasoning + answered * (alpha_answer - alpha_reasoning)
            one, two = (model(tokens)[:, -1].double().log_softmax(-1) for model in (before, after))
            steps = amplify_logits(one, two, alpha).softmax(-1).cumsum(-1)
            u = torch.rand(len(tokens), 1, generator=generator, dtype=torch.float64) * steps[:, -1:]
            columns.append(torch.searchsorted(steps, u, right=True)[:, 0].clamp(max=steps.shape[-1] - 1))
    return torch.stack(columns, dim=1)
