# wrong: takes the median of each number, which resists outliers
# loses: every_layer_of_a_fresh_model, sides_of_different_size
def contrast_vector(model, positive, negative, layer, position):
    if not 0 <= layer < model.cfg.n_layers:
        raise ValueError("no such layer")
    seen = []

    def keep(activation, hook):
        seen.append(activation[:, position].median(dim=0).values)

    with torch.no_grad():
        for tokens in (positive, negative):
            model.run_with_hooks(tokens, fwd_hooks=[(f"blocks.{layer}.hook_in", keep)])
    return seen[0] - seen[1]
