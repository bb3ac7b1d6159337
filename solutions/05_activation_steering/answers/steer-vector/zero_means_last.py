# wrong: writes `position or -1`, which takes position 0 for none given
# loses: positions_from_both_ends
def contrast_vector(model, positive, negative, layer, position):
    if not 0 <= layer < model.cfg.n_layers:
        raise ValueError("no such layer")
    seen = []

    def keep(activation, hook):
        seen.append(activation[:, position or -1].mean(dim=0))

    with torch.no_grad():
        for tokens in (positive, negative):
            model.run_with_hooks(tokens, fwd_hooks=[(f"blocks.{layer}.hook_in", keep)])
    return seen[0] - seen[1]
