# wrong: squeezes the activation first, which takes away a batch of one
# loses: a_single_row_each
def contrast_vector(model, positive, negative, layer, position):
    if not 0 <= layer < model.cfg.n_layers:
        raise ValueError("no such layer")
    seen = []

    def keep(activation, hook):
        seen.append(activation.squeeze()[..., position, :].reshape(-1, activation.shape[-1]).mean(dim=0) if len(activation) > 1 else activation.squeeze().mean(dim=0))

    with torch.no_grad():
        for tokens in (positive, negative):
            model.run_with_hooks(tokens, fwd_hooks=[(f"blocks.{layer}.hook_in", keep)])
    return seen[0] - seen[1]
