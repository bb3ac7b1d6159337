# wrong: takes the difference row by row, for pairs, and drops what has no partner
# loses: sides_of_different_size, positions_from_both_ends
def contrast_vector(model, positive, negative, layer, position):
    if not 0 <= layer < model.cfg.n_layers:
        raise ValueError("no such layer")
    seen = []

    def keep(activation, hook):
        seen.append(activation[:, position])

    with torch.no_grad():
        for tokens in (positive, negative):
            model.run_with_hooks(tokens, fwd_hooks=[(f"blocks.{layer}.hook_in", keep)])
    n = min(len(rows) for rows in seen)
    return (seen[0][:n] - seen[1][:n]).mean(dim=0)
