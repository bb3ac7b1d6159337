# right: puts the generator back to where it was before the second run
# loses: none
def sample_pair(before, after, prompts, alpha_reasoning, alpha_answer, generator):
    state, found = generator.get_state(), {}
    for run, alphas in (("plain", (0.0, 0.0)), ("amplified", (alpha_reasoning, alpha_answer))):
        generator.set_state(state)
        tokens = prompts
        for _ in range(world.LENGTH - prompts.shape[1]):
            answering = (tokens[:, -1:] == world.ANSWER) & ((tokens == world.ANSWER).sum(1, keepdim=True) == 1)
            done = (tokens[:, :-1] == world.ANSWER).any(dim=1)
            alpha = torch.where(answering, alphas[1], alphas[0])
            with torch.no_grad():
                logits = amplify_logits(before(tokens)[:, -1], after(tokens)[:, -1], alpha)
            new = torch.multinomial(logits.softmax(-1), 1, generator=generator)
            tokens = torch.cat([tokens, torch.where(done[:, None], world.END, new)], dim=1)
        found[run] = tokens
    return found
