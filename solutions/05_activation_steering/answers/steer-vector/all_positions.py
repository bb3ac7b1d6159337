# wrong: averages over the positions too, as if the whole prompt had the concept
# loses: before_the_first_block, every_layer_of_a_fresh_model, what_is_shared_cancels, positions_from_both_ends
def contrast_vector(model, positive, negative, layer, position):
    if not 0 <= layer < model.cfg.n_layers:
        raise ValueError("no such layer")
    seen = []

    def keep(activation, hook):
        seen.append(activation.mean(dim=(0, 1)))

    with torch.no_grad():
        for tokens in (positive, negative):
            model.run_with_hooks(tokens, fwd_hooks=[(f"blocks.{layer}.hook_in", keep)])
    return seen[0] - seen[1]
