# right: both documents of a prompt in one batch, with one uniform number for each row and place
# loses: none
def sample_pair(before, after, prompts, alpha_reasoning, alpha_answer, generator):
    n = len(prompts)
    chances = torch.rand(n, world.LENGTH, dtype=torch.float64, generator=generator).repeat(2, 1)
    is_loud = (torch.arange(2 * n) >= n).float()
    rows, ended = prompts.repeat(2, 1), torch.zeros(2 * n, dtype=torch.bool)
    for place in range(prompts.shape[1], world.LENGTH):
        answering = (rows[:, -1] == world.ANSWER) & ~ended
        with torch.no_grad():
            l_before, l_after = before(rows)[:, -1], after(rows)[:, -1]
        alpha = is_loud * torch.where(answering, float(alpha_answer), float(alpha_reasoning))
        rising = amplify_logits(l_before, l_after, alpha[:, None]).double().softmax(-1).cumsum(-1)
        new = (rising < chances[:, place, None]).sum(-1).clamp(max=rising.shape[1] - 1)
        rows = torch.cat([rows, torch.where(ended, world.END, new)[:, None]], dim=1)
        ended = ended | answering
    return {"plain": rows[:n], "amplified": rows[n:]}
