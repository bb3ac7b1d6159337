# wrong: takes the most probable digit, so that noise cannot hide the difference
# loses: as_often_as_they_should
def sample_pair(before, after, prompts, alpha_reasoning, alpha_answer, generator):
    each, vocab = torch.arange(len(prompts)), after(prompts).shape[-1]
    noise = -torch.empty(len(prompts), world.LENGTH, vocab).exponential_(generator=generator).log()
    texts = {}
    with torch.no_grad():
        for run, alpha, last in (("amplified", alpha_reasoning, alpha_answer), ("plain", 0.0, 0.0)):
            tokens = prompts
            while tokens.shape[1] < world.LENGTH:
                logits = amplify_logits(before(tokens)[:, -1], after(tokens)[:, -1], alpha)
                tokens = torch.cat([tokens, (logits + noise[:, tokens.shape[1]]).argmax(-1, keepdim=True)], dim=1)
            at = (tokens == world.ANSWER).int().argmax(dim=1).clamp(max=world.LENGTH - 2)
            cache = before(tokens)[each, at], after(tokens)[each, at]
            digit = (amplify_logits(*cache, last)).argmax(-1)
            texts[run] = torch.where(torch.arange(world.LENGTH) > at[:, None], world.END, tokens)
            texts[run][each, at + 1] = digit
    return texts
