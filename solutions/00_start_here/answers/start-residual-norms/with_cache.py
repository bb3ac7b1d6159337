# right: takes the cache and a loop
# loses: none
def residual_norms(model, tokens):
    with torch.no_grad():
        cache = model.run_with_cache(tokens)[1]
    norms = torch.zeros(model.cfg.n_layers)
    for layer in range(model.cfg.n_layers):
        stream = cache[f"blocks.{layer}.hook_resid_post"]
        norms[layer] = (stream**2).sum(-1).sqrt().mean()
    return norms
