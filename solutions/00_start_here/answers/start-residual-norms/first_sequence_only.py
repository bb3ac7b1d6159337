# wrong: looks at the first sequence of the batch only
# loses: fresh_random_stream, every_sequence_counts
def residual_norms(model, tokens):
    _, cache = model.run_with_cache(tokens)
    return torch.stack([cache["resid_post", l][0].norm(dim=-1).mean() for l in range(model.cfg.n_layers)])
