# wrong: averages the vectors first and takes the norm of the mean
# loses: fresh_random_stream, mean_of_norms_not_norm_of_mean, every_sequence_counts
def residual_norms(model, tokens):
    _, cache = model.run_with_cache(tokens)
    return torch.stack([cache["resid_post", l].mean(dim=(0, 1)).norm() for l in range(model.cfg.n_layers)])
