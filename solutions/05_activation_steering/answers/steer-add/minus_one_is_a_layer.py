# wrong: takes -1 for the last layer, as an index does
# loses: refuses_layers_that_are_not_there
def steered_logits(model, tokens, vector, layer, coefficient=1.0, start=0, stop=None):
    if not -model.cfg.n_layers <= layer < model.cfg.n_layers:
        raise ValueError("no such layer")

    def add(activation, hook):
        steered = activation.clone()
        steered[:, start:stop] += coefficient * vector
        return steered

    with torch.no_grad():
        return model.run_with_hooks(tokens, fwd_hooks=[(f"blocks.{layer % model.cfg.n_layers}.hook_in", add)])
