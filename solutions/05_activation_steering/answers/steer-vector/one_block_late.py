# wrong: reads what leaves the block
# loses: what_a_later_block_gets, every_layer_of_a_fresh_model, what_is_shared_cancels
def contrast_vector(model, positive, negative, layer, position):
    if not 0 <= layer < model.cfg.n_layers:
        raise ValueError("no such layer")
    seen = []

    def keep(activation, hook):
        seen.append(activation[:, position].mean(dim=0))

    with torch.no_grad():
        for tokens in (positive, negative):
            model.run_with_hooks(tokens, fwd_hooks=[(f"blocks.{layer}.hook_out", keep)])
    return seen[0] - seen[1]
