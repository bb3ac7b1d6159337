# right: calls the functions of earlier cells, and reads all layers in one pass
# loses: none
def layer_effects(model, positive, negative, tokens, position, sides, dose=1.0):
    layers = range(model.cfg.n_layers)
    found = []
    with torch.no_grad():
        for batch in (positive, negative):
            held = {}
            hooks = [(f"blocks.{i}.hook_in", lambda x, hook, i=i: held.update({i: x[:, position].mean(0)})) for i in layers]
            model.run_with_hooks(batch, fwd_hooks=hooks)
            found.append(held)
        plain = log_odds(model(tokens), *sides)[:, -1]
        vectors = [found[0][i] - found[1][i] for i in layers]
        steered = [log_odds(steered_logits(model, tokens, vectors[i], i, dose, position), *sides)[:, -1] for i in layers]
    return torch.stack([(s - plain).mean() for s in steered])
