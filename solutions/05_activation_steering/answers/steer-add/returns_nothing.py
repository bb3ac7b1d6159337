# wrong: changes a copy and does not give it back
# loses: from_start_to_the_end, fresh_models_and_intervals
def steered_logits(model, tokens, vector, layer, coefficient=1.0, start=0, stop=None):
    if not 0 <= layer < model.cfg.n_layers:
        raise ValueError("no such layer")

    def add(activation, hook):
        steered = activation.clone()
        steered[:, start:stop] += coefficient * vector

    with torch.no_grad():
        return model.run_with_hooks(tokens, fwd_hooks=[(f"blocks.{layer}.hook_in", add)])
