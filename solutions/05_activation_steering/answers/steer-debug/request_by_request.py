# right: one request at a time, the mean at the end
# loses: none
def layer_effects(model, positive, negative, tokens, position, sides, dose=1.0):
    n_layers = model.cfg.n_layers
    vectors = []
    for batch in (positive, negative):
        rows = []
        for row in batch:
            model.run_with_hooks(
                row[None], fwd_hooks=[(f"blocks.{i}.hook_in", lambda x, hook: rows.append(x[0, position].detach())) for i in range(n_layers)]
            )
        vectors.append(torch.stack(rows).view(len(batch), n_layers, -1).mean(0))
    direction = vectors[0] - vectors[1]
    shifts = torch.zeros(len(tokens), n_layers)
    for r, row in enumerate(tokens):
        for i in range(n_layers):
            def add(x, hook, i=i):
                y = x.clone()
                for at in range(position, x.shape[1]):
                    y[:, at] = y[:, at] + dose * direction[i]
                return y

            with torch.no_grad():
                two = [model(row[None])[0, -1], model.run_with_hooks(row[None], fwd_hooks=[(f"blocks.{i}.hook_in", add)])[0, -1]]
            before, after = [logits[sides[0]].logsumexp(0) - logits[sides[1]].logsumexp(0) for logits in two]
            shifts[r, i] = after - before
    return shifts.mean(0)
