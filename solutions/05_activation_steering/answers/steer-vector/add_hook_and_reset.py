# right: a hook that is added and taken away again, both sides' rows kept
# loses: none
def contrast_vector(model, positive, negative, layer, position):
    if not 0 <= layer < model.cfg.n_layers:
        raise ValueError("no such layer")
    rows = []
    model.add_hook(f"blocks.{layer}.hook_in", lambda activation, hook: rows.append(activation[:, position].detach().clone()))
    try:
        model(positive)
        model(negative)
    finally:
        model.reset_hooks()
    return torch.mean(rows[0], 0) - torch.mean(rows[1], 0)
