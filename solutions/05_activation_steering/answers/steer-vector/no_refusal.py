# wrong: lets the library complain about the name of the hook
# loses: no_such_layer, refuses_missing_layers
def contrast_vector(model, positive, negative, layer, position):
    seen = []

    def keep(activation, hook):
        seen.append(activation[:, position].mean(dim=0))

    with torch.no_grad():
        for tokens in (positive, negative):
            model.run_with_hooks(tokens, fwd_hooks=[(f"blocks.{layer}.hook_in", keep)])
    return seen[0] - seen[1] if seen else None
