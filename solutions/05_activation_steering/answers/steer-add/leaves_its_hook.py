# wrong: adds the hook and never takes it away
# loses: leaves_no_hook, leaves_the_model_as_it_was
def steered_logits(model, tokens, vector, layer, coefficient=1.0, start=0, stop=None):
    if not 0 <= layer < model.cfg.n_layers:
        raise ValueError("no such layer")

    def add(activation, hook):
        steered = activation.clone()
        steered[:, start:stop] += coefficient * vector
        return steered

    model.add_hook(f"blocks.{layer}.hook_in", add)
    with torch.no_grad():
        return model(tokens)
