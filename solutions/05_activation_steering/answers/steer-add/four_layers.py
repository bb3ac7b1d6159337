# wrong: refuses what this notebook's assistant does not have
# loses: refuses_layers_that_are_not_there
def steered_logits(model, tokens, vector, layer, coefficient=1.0, start=0, stop=None):
    if not 0 <= layer < 4:
        raise ValueError("no such layer")

    def add(activation, hook):
        steered = activation.clone()
        steered[:, start:stop] += coefficient * vector
        return steered

    layer = min(layer, model.cfg.n_layers - 1)
    with torch.no_grad():
        return model.run_with_hooks(tokens, fwd_hooks=[(f"blocks.{layer}.hook_in", add)])
