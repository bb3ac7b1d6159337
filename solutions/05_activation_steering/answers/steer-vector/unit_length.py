# wrong: normalises the vector, so that the dose has a plain meaning
# loses: before_the_first_block, sign_and_length, every_layer_of_a_fresh_model
def contrast_vector(model, positive, negative, layer, position):
    if not 0 <= layer < model.cfg.n_layers:
        raise ValueError("no such layer")
    seen = []

    def keep(activation, hook):
        seen.append(activation[:, position].mean(dim=0))

    with torch.no_grad():
        for tokens in (positive, negative):
            model.run_with_hooks(tokens, fwd_hooks=[(f"blocks.{layer}.hook_in", keep)])
    vector = seen[0] - seen[1]
    return vector / vector.norm()
