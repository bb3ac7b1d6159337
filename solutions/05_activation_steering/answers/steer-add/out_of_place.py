# right: a mask over positions and a plain sum, no copy
# loses: none
def steered_logits(model, tokens, vector, layer, coefficient=1.0, start=0, stop=None):
    if layer not in range(model.cfg.n_layers):
        raise ValueError(f"no layer {layer}")
    steered = torch.zeros(tokens.shape[1])
    steered[slice(start, stop)] = 1.0
    shift = torch.outer(steered, coefficient * vector)  # (seq, d_model), the same for every row
    with torch.no_grad():
        return model.run_with_hooks(tokens, fwd_hooks=[(f"blocks.{layer}.hook_in", lambda activation, hook: activation + shift)])
