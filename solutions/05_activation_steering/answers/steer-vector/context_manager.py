# right: hooks in a context, all layers kept, einsum for the mean
# loses: none
def contrast_vector(model, positive, negative, layer, position):
    names = [f"blocks.{i}.hook_in" for i in range(model.cfg.n_layers)]
    if not (isinstance(layer, int) and 0 <= layer < len(names)):
        raise ValueError(layer)
    found = {}

    def mean_of(tokens):
        def remember(activation, hook):
            found[hook.name] = activation.detach()

        with torch.no_grad(), model.hooks(fwd_hooks=[(name, remember) for name in names]):
            model(tokens)
        rows = found[names[layer]][:, position]
        return torch.einsum("nd->d", rows) / rows.shape[0]

    return mean_of(positive) - mean_of(negative)
