# wrong: takes the number of blocks of the notebook's model for granted
# loses: counts_its_own_model
def residual_norms(m, tokens):
    _, cache = m.run_with_cache(tokens)
    return torch.stack([cache["resid_post", l].norm(dim=-1).mean() for l in range(min(4, m.cfg.n_layers))])
