# wrong: reads the stream between attention and MLP
# loses: what_a_later_block_gets, every_layer_of_a_fresh_model, what_is_shared_cancels
def contrast_vector(model, positive, negative, layer, position):
    if not 0 <= layer < model.cfg.n_layers:
        raise ValueError("no such layer")
    seen = []

    def keep(activation, hook):
        seen.append(activation[:, position].mean(dim=0))

    with torch.no_grad():
        for tokens in (positive, negative):
            model.run_with_hooks(tokens, fwd_hooks=[(f"blocks.{layer}.ln2.hook_in", keep)])
    return seen[0] - seen[1]
