# wrong: writes `stop or length`, so that a stop of 0 steers everything
# loses: ends_of_the_interval
def steered_logits(model, tokens, vector, layer, coefficient=1.0, start=0, stop=None):
    if not 0 <= layer < model.cfg.n_layers:
        raise ValueError("no such layer")

    def add(activation, hook):
        steered = activation.clone()
        steered[:, start : stop or activation.shape[1]] += coefficient * vector
        return steered

    with torch.no_grad():
        return model.run_with_hooks(tokens, fwd_hooks=[(f"blocks.{layer}.hook_in", add)])
