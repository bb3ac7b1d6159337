# wrong: divides by the spread of the rows, as a t-statistic does
# loses: a_single_row_each, sign_and_length, every_layer_of_a_fresh_model
def contrast_vector(model, positive, negative, layer, position):
    if not 0 <= layer < model.cfg.n_layers:
        raise ValueError("no such layer")
    seen = []

    def keep(activation, hook):
        seen.append(activation[:, position])

    with torch.no_grad():
        for tokens in (positive, negative):
            model.run_with_hooks(tokens, fwd_hooks=[(f"blocks.{layer}.hook_in", keep)])
    return (seen[0].mean(dim=0) - seen[1].mean(dim=0)) / torch.cat(seen).std(dim=0)
