# wrong: averages over the blocks as well and gives one number
# loses: one_number_for_each_block, one_token_has_the_norm_of_its_vector, fresh_random_stream
def residual_norms(model, tokens):
    _, cache = model.run_with_cache(tokens)
    return torch.stack([cache["resid_post", l].norm(dim=-1).mean() for l in range(model.cfg.n_layers)]).mean()
