# right: a hook that is added and taken away, whatever happens
# loses: none
@torch.no_grad()
def steered_logits(model, tokens, vector, layer, coefficient=1.0, start=0, stop=None):
    if not 0 <= layer <= model.cfg.n_layers - 1:
        raise ValueError("no such layer")
    positions = list(range(tokens.shape[1]))[start:stop]

    def add(activation, hook):
        out = activation.clone()
        for position in positions:
            out[:, position, :] = out[:, position, :] + coefficient * vector[None, :]
        return out

    model.add_hook(f"blocks.{layer}.hook_in", add)
    try:
        return model(tokens)
    finally:
        model.reset_hooks()
