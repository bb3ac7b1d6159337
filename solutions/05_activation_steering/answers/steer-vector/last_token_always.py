# wrong: reads the last token, as most papers do, and never looks at `position`
# loses: every_layer_of_a_fresh_model, positions_from_both_ends, sides_of_different_size
def contrast_vector(model, positive, negative, layer, position):
    if not 0 <= layer < model.cfg.n_layers:
        raise ValueError("no such layer")
    seen = []

    def keep(activation, hook):
        seen.append(activation[:, -1].mean(dim=0))

    with torch.no_grad():
        for tokens in (positive, negative):
            model.run_with_hooks(tokens, fwd_hooks=[(f"blocks.{layer}.hook_in", keep)])
    return seen[0] - seen[1]
