# right: adds to what leaves the block before, and to the embeddings for layer 0
# loses: none
def steered_logits(model, tokens, vector, layer, coefficient=1.0, start=0, stop=None):
    if not 0 <= layer < model.cfg.n_layers:
        raise ValueError("no such layer")
    name = "blocks.0.hook_in" if layer == 0 else f"blocks.{layer - 1}.hook_out"

    def add(activation, hook):
        moved = torch.zeros_like(activation)
        moved[:, start:stop] = vector
        return torch.add(activation, moved, alpha=coefficient)

    with torch.inference_mode():
        logits = model.run_with_hooks(tokens, fwd_hooks=[(name, add)])
    return logits.clone()
