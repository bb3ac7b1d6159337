# wrong: leaves the name of the hook to the library
# loses: refuses_layers_that_are_not_there
def steered_logits(model, tokens, vector, layer, coefficient=1.0, start=0, stop=None):
    def add(activation, hook):
        steered = activation.clone()
        steered[:, start:stop] += coefficient * vector
        return steered

    with torch.no_grad():
        return model.run_with_hooks(tokens, fwd_hooks=[(f"blocks.{layer}.hook_in", add)])
