# right: by the name that the stream has in the literature, with a weighted sum of the rows
# loses: none
def contrast_vector(model, positive, negative, layer, position):
    if layer < 0 or layer >= model.cfg.n_layers:
        raise ValueError("layers go from 0 to n_layers - 1")
    total = torch.zeros(model.cfg.d_model)

    def add_up(tokens, sign):
        def hook_function(activation, hook):
            for row in activation:
                total.add_(row[position].detach(), alpha=sign / len(activation))

        model.run_with_hooks(tokens, fwd_hooks=[(f"blocks.{layer}.hook_resid_pre", hook_function)])

    add_up(positive, 1.0)
    add_up(negative, -1.0)
    return total
