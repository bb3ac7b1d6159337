# wrong: makes all functions first: each sees the vector that the loop ended with
# loses: fresh_models_and_requests, one_layer_at_a_time
def layer_effects(model, positive, negative, tokens, position, sides, dose=1.0):
    names = [f"blocks.{layer}.hook_in" for layer in range(model.cfg.n_layers)]
    means = {name: [] for name in names}

    def keep(activation, hook):
        means[hook.name].append(activation[:, position].mean(dim=0))

    with torch.no_grad():
        for batch in (positive, negative):
            model.run_with_hooks(batch, fwd_hooks=[(name, keep) for name in names])
        hooks = []
        for name in names:
            vector = means[name][0] - means[name][1]

            def add(activation, hook):
                steered = activation.clone()
                steered[:, position:] += dose * vector
                return steered

            hooks.append((name, add))
        plain = log_odds(model(tokens)[:, -1], *sides)
        return torch.stack(
            [(log_odds(model.run_with_hooks(tokens, fwd_hooks=[h])[:, -1], *sides) - plain).mean() for h in hooks]
        )
