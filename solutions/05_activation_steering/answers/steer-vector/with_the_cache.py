# right: one cached run a side, and the mean over the rows afterwards
# loses: none
def contrast_vector(model, positive, negative, layer, position):
    if layer not in range(model.cfg.n_layers):
        raise ValueError(f"layer must be one of 0 to {model.cfg.n_layers - 1}")
    name = f"blocks.{layer}.hook_in"
    with torch.no_grad():
        _, on = model.run_with_cache(positive)
        _, off = model.run_with_cache(negative)
    return on[name][:, position, :].mean(0) - off[name][:, position, :].mean(0)
