# wrong: reads the stream that enters a block instead of the one that leaves it
# loses: one_token_has_the_norm_of_its_vector, fresh_random_stream, counts_its_own_model
def residual_norms(model, tokens):
    _, cache = model.run_with_cache(tokens)
    return torch.stack([cache["resid_pre", l].norm(dim=-1).mean() for l in range(model.cfg.n_layers)])
