# right: one batch for each alpha, by the inverse of the cumulative distribution, rows put back in their order
# loses: none
def sample_sweep(before, after, prompts, alphas, n_tokens, generator):
    out = torch.cat([prompts, prompts.new_zeros(len(prompts), n_tokens)], 1)
    for alpha in sorted(set(alphas.tolist())):
        mine = (alphas == alpha).nonzero()[:, 0]
        for i in range(prompts.shape[1], out.shape[1]):
            la, lb = after(out[mine, :i])[:, -1].double(), before(out[mine, :i])[:, -1].double()
            rising = ((1 + alpha) * la - alpha * lb).softmax(-1).cumsum(-1)
            draw = torch.rand(len(mine), 1, generator=generator, dtype=torch.float64)
            out[mine, i] = (rising < draw).sum(-1).clamp(max=rising.shape[1] - 1)
    return out
