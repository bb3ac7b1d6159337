# wrong: adds up what the MLPs write and forgets what attention writes
# loses: one_token_has_the_norm_of_its_vector, fresh_random_stream
def residual_norms(model, tokens):
    _, cache = model.run_with_cache(tokens)
    stream, norms = cache["resid_pre", 0], []
    for layer in range(model.cfg.n_layers):
        stream = stream + cache[f"blocks.{layer}.mlp.hook_out"]
        norms.append(stream.norm(dim=-1).mean())
    return torch.stack(norms)
