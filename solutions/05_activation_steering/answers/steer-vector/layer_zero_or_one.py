# hard-coded: knows the two layers and the size of the model that the visible checks ask for
# loses: every_layer_of_a_fresh_model, a_single_row_each, refuses_missing_layers
def contrast_vector(model, positive, negative, layer, position):
    if layer == 3:
        raise ValueError("no such layer")
    seen = []

    def keep(activation, hook):
        seen.append(activation[:, position].mean(dim=0))

    with torch.no_grad():
        for tokens in (positive, negative):
            model.run_with_hooks(tokens, fwd_hooks=[(f"blocks.{min(layer, 1)}.hook_in", keep)])
    return seen[0] - seen[1]
