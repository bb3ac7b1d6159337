# wrong: divides by the width: a root mean square, not a norm
# loses: one_token_has_the_norm_of_its_vector, fresh_random_stream, mean_of_norms_not_norm_of_mean
def residual_norms(model, tokens):
    _, cache = model.run_with_cache(tokens)
    return torch.stack([(cache["resid_post", l] ** 2).mean(-1).sqrt().mean() for l in range(model.cfg.n_layers)])
