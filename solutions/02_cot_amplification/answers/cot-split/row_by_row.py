# right: writes into a whole document, and keeps in mind which rows have answered
# loses: none
def sample_split(before, after, prompts, alpha_reasoning: float, alpha_answer: float, generator) -> torch.Tensor:
    rows, done = prompts.shape
    out = torch.zeros(rows, world.LENGTH, dtype=torch.long)
    out[:, :done] = prompts
    answering = torch.zeros(rows, dtype=torch.bool)
    for at in range(done, world.LENGTH):
        logits_before, logits_after = before(out[:, :at])[:, at - 1], after(out[:, :at])[:, at - 1]
        for row in range(rows):
            alpha = alpha_answer if answering[row] else alpha_reasoning
            mixed = (1 + alpha) * logits_after[row] - alpha * logits_before[row]
            out[row, at] = torch.multinomial(torch.softmax(mixed, 0), 1, generator=generator)[0]
        answering |= out[:, at] == world.ANSWER
    return out
