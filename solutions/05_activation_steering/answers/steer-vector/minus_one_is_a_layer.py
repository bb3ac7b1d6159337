# wrong: takes -1 for the last layer, as an index does
# loses: refuses_missing_layers
def contrast_vector(model, positive, negative, layer, position):
    if not -model.cfg.n_layers <= layer < model.cfg.n_layers:
        raise ValueError("no such layer")
    seen = []

    def keep(activation, hook):
        seen.append(activation[:, position].mean(dim=0))

    with torch.no_grad():
        for tokens in (positive, negative):
            model.run_with_hooks(tokens, fwd_hooks=[(f"blocks.{layer % model.cfg.n_layers}.hook_in", keep)])
    return seen[0] - seen[1]
