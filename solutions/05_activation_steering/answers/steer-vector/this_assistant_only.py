# wrong: refuses layers of the assistant of this notebook alone
# loses: refuses_missing_layers, no_such_layer
def contrast_vector(model, positive, negative, layer, position):
    if not 0 <= layer < 4:
        raise ValueError("no such layer")
    seen = []

    def keep(activation, hook):
        seen.append(activation[:, position].mean(dim=0))

    with torch.no_grad():
        for tokens in (positive, negative):
            model.run_with_hooks(tokens, fwd_hooks=[(f"blocks.{layer}.hook_in", keep)])
    return seen[0] - seen[1]
