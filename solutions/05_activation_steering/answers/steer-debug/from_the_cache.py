# right: reads with run_with_cache, adds out of place, log-odds from log_softmax
# loses: none
@torch.no_grad()
def layer_effects(model, positive, negative, tokens, position, sides, dose=1.0):
    _, with_it = model.run_with_cache(positive)
    _, without_it = model.run_with_cache(negative)

    def odds(logits):
        logp = logits[:, -1].log_softmax(-1)
        return logp[:, sides[0]].logsumexp(-1) - logp[:, sides[1]].logsumexp(-1)

    where = (torch.arange(tokens.shape[1]) >= position).float()[None, :, None]
    plain = odds(model(tokens))
    effects = torch.zeros(model.cfg.n_layers)
    for layer in range(model.cfg.n_layers):
        name = f"blocks.{layer}.hook_in"
        v = with_it[name][:, position].mean(0) - without_it[name][:, position].mean(0)
        with model.hooks(fwd_hooks=[(name, lambda x, hook, v=v: x + dose * v * where)]):
            effects[layer] = (odds(model(tokens)) - plain).mean()
    return effects
